import type { OrganizationContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { newId } from "@/server/db/new-id";
import { auditLog } from "@/server/db/schema";

export type AuditEntry = {
  /** What was done, as "<entity>.<verb>": the name of the permission or procedure. */
  action: string;
  resourceType: "project" | "service" | "deployment" | "inspection";
  resourceId: string;
  /** What changed. Never a secret, and no value of an environment variable. */
  detail?: Record<string, unknown>;
};

/** Writes who did what, in the transaction of the change itself: neither is there without the other. */
export async function recordAudit(tx: Tx, context: OrganizationContext, entry: AuditEntry): Promise<void> {
  const { actor } = context;
  await tx.insert(auditLog).values({
    id: newId("audit"),
    organizationId: context.organizationId,
    actorType: actor.type,
    actorId: actor.type === "user" ? actor.userId : null,
    action: entry.action,
    resourceType: entry.resourceType,
    resourceId: entry.resourceId,
    detail: actor.type === "system" ? { ...entry.detail, reason: actor.reason } : (entry.detail ?? {}),
    address: actor.type === "user" ? actor.address : null,
    at: context.clock.now(),
  });
}
