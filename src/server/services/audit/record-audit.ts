import type { AuditAction } from "@/domain/audit-actions";
import type { ActorContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { newId } from "@/server/db/new-id";
import { auditLog } from "@/server/db/schema";

export type AuditEntry = {
  action: AuditAction;
  resourceType:
    | "organization"
    | "project"
    | "service"
    | "deployment"
    | "inspection"
    | "session"
    | "cleanup"
    | "stray"
    | "member"
    | "invitation"
    | "user";
  resourceId: string;
  /** What changed. Never a secret, and no value of an environment variable. */
  detail?: Record<string, unknown>;
};

/** Where it was done; null for what concerns a person alone. */
type AuditContext = ActorContext & { organizationId: string | null };

/** Writes who did what, in the transaction of the change itself: neither is there without the other. */
export async function recordAudit(tx: Tx, context: AuditContext, entry: AuditEntry): Promise<void> {
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
