import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { mostVariables, type SetVariablesInput, type VariableView } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { newId } from "@/server/db/new-id";
import { services, variables } from "@/server/db/schema";
import { notify } from "@/server/events";
import { recordAudit } from "@/server/services/audit/record-audit";
import { listVariables } from "./list-variables";

type Stored = Map<string, { kind: "plain" | "secret"; valueEncrypted: string }>;

/**
 * Sets some variables, removes others, leaves the rest; running deployments keep what they were made with.
 * Throws invalid_input where a value is missing, conflict where the service is being deleted.
 */
export async function setVariables(context: OrganizationContext, input: SetVariablesInput): Promise<VariableView[]> {
  const { serviceId, remove } = input;
  await context.db.transaction(async (tx) => {
    const projectId = await lockService(tx, serviceId);
    const stored = await readStored(tx, serviceId);
    refuseTooMany(stored, input);
    const rows = input.variables.map((wanted) => toRow(context, serviceId, wanted, stored));
    if (remove.length > 0) {
      await tx.delete(variables).where(and(eq(variables.serviceId, serviceId), inArray(variables.key, remove)));
    }
    if (rows.length > 0) await upsert(tx, rows);
    await recordAudit(tx, context, {
      action: "variable.set",
      resourceType: "service",
      resourceId: serviceId,
      detail: { set: rows.map((row) => row.key), removed: remove },
    });
    await notify(tx, { type: "service", projectId, serviceId });
  });
  return listVariables(context, serviceId);
}

async function lockService(tx: Tx, serviceId: string): Promise<string> {
  const [service] = await tx
    .select({ projectId: services.projectId })
    .from(services)
    .where(and(eq(services.id, serviceId), ne(services.desiredState, "deleted")))
    .for("update");
  if (!service) throw new AppError("conflict", { message: "This service is being deleted." });
  return service.projectId;
}

async function readStored(tx: Tx, serviceId: string): Promise<Stored> {
  const rows = await tx.select().from(variables).where(eq(variables.serviceId, serviceId));
  return new Map(rows.map((row) => [row.key, row]));
}

function toRow(
  { cipher, clock }: OrganizationContext,
  serviceId: string,
  wanted: SetVariablesInput["variables"][number],
  stored: Stored,
): typeof variables.$inferInsert {
  const kept = stored.get(wanted.key);
  if (wanted.value === null) refuseUnlessKept(wanted, kept?.kind);
  return {
    id: newId("variable"),
    serviceId,
    key: wanted.key,
    kind: wanted.secret ? "secret" : "plain",
    valueEncrypted: wanted.value === null && kept ? kept.valueEncrypted : cipher.encrypt(wanted.value ?? ""),
    updatedAt: clock.now(),
  };
}

/** A secret that became plain without a new value would show what was promised never to be shown again. */
function refuseUnlessKept(wanted: { key: string; secret: boolean }, kept: "plain" | "secret" | undefined): void {
  if (kept === "plain" || (kept === "secret" && wanted.secret)) return;
  const message = kept ? "Enter the value again to make this variable plain." : "Enter a value.";
  throw new AppError("invalid_input", { details: { fields: { [`variables.${wanted.key}`]: message } } });
}

function refuseTooMany(stored: Stored, { variables: wanted, remove }: SetVariablesInput): void {
  const keys = new Set([...stored.keys()].filter((key) => !remove.includes(key)));
  for (const { key } of wanted) keys.add(key);
  if (keys.size <= mostVariables) return;
  const message = `At most ${mostVariables} variables.`;
  throw new AppError("invalid_input", { message, details: { fields: { variables: message } } });
}

async function upsert(tx: Tx, rows: (typeof variables.$inferInsert)[]): Promise<void> {
  await tx
    .insert(variables)
    .values(rows)
    .onConflictDoUpdate({
      target: [variables.serviceId, variables.key],
      set: {
        kind: sql`excluded.kind`,
        valueEncrypted: sql`excluded.value_encrypted`,
        updatedAt: sql`excluded.updated_at`,
      },
    });
}
