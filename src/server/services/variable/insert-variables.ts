import type { EnvironmentVariable } from "@/domain/plan/types";
import type { ServiceContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { newId } from "@/server/db/new-id";
import { variables } from "@/server/db/schema";

/** The variables of a new service. Plain ones are encrypted too: what is plain to its owner is nobody else's business. */
export async function insertVariables(
  tx: Tx,
  { cipher, clock }: ServiceContext,
  serviceId: string,
  list: EnvironmentVariable[],
): Promise<void> {
  if (list.length === 0) return;
  const updatedAt = clock.now();
  await tx.insert(variables).values(
    list.map(({ key, value, secret }) => ({
      id: newId("variable"),
      serviceId,
      key,
      kind: secret ? ("secret" as const) : ("plain" as const),
      valueEncrypted: cipher.encrypt(value),
      updatedAt,
    })),
  );
}
