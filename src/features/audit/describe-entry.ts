import { type AuditAction, auditActions } from "@/domain/audit-actions";
import type { AuditEntry } from "@/features/api/outputs";

type Described = Pick<AuditEntry, "actor" | "action" | "resource" | "detail">;

export function describeActor({ actor }: Pick<Described, "actor">): string {
  if (actor.type === "system") return "The platform";
  if (actor.name) return actor.name;
  return actor.type === "user" ? "Somebody whose account is gone" : `A ${actor.type}`;
}

/** After who did it. What an older version wrote down under another name is shown as it stands. */
export function describeAction({ action }: Pick<Described, "action">): string {
  return Object.hasOwn(auditActions, action) ? auditActions[action as AuditAction] : action; // safe because it was looked up
}

/** As it is called now, else as it was called then. */
export function describeResource({ action, resource, detail }: Described): string {
  if (action.startsWith("invitation.") || action.startsWith("storage.")) return "";
  const noted = typeof detail.name === "string" ? detail.name : null;
  if (resource.name) return resource.name;
  if (resource.type === "organization") return noted ?? "";
  return noted ?? `one that is gone`;
}
