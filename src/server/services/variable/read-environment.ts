import { eq } from "drizzle-orm";
import type { EnvironmentVariable } from "@/domain/plan/types";
import type { ServiceContext } from "@/server/context";
import type { Db, Tx } from "@/server/db/client";
import { variables } from "@/server/db/schema";

/** The service's variables as they stand, decrypted: for freezing and comparing, never for an answer. Sorted by name. */
export async function readEnvironment(
  tx: Tx | Db,
  { cipher }: Pick<ServiceContext, "cipher">,
  serviceId: string,
): Promise<EnvironmentVariable[]> {
  const rows = await tx.select().from(variables).where(eq(variables.serviceId, serviceId)).orderBy(variables.key);
  return rows.map((row) => ({
    key: row.key,
    value: cipher.decrypt(row.valueEncrypted).reveal(),
    secret: row.kind === "secret",
  }));
}
