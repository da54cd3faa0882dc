import { eq } from "drizzle-orm";
import type { VariableView } from "@/contracts/service";
import type { ServiceContext } from "@/server/context";
import { variables } from "@/server/db/schema";

/** By name. A secret comes without its value: it is never shown again. */
export async function listVariables({ db, cipher }: ServiceContext, serviceId: string): Promise<VariableView[]> {
  const rows = await db.select().from(variables).where(eq(variables.serviceId, serviceId)).orderBy(variables.key);
  return rows.map(({ key, kind, valueEncrypted, updatedAt }) => ({
    key,
    secret: kind === "secret",
    value: kind === "secret" ? null : cipher.decrypt(valueEncrypted).reveal(),
    updatedAt,
  }));
}
