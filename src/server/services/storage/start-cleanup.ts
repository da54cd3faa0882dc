import type { OrganizationContext } from "@/server/context";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requestCleanup } from "@/server/services/retention/request-cleanup";

/** Has the worker say what a cleanup would remove ("preview"), or remove it ("clean"). */
export async function startCleanup(context: OrganizationContext, mode: "preview" | "clean"): Promise<{ id: string }> {
  const { actor, db } = context;
  return db.transaction(async (tx) => {
    const requestedByUserId = actor.type === "user" ? actor.userId : null;
    const { id, isNew } = await requestCleanup(tx, context, { mode, trigger: "person", requestedByUserId });
    if (mode === "clean" && isNew) {
      await recordAudit(tx, context, { action: "storage.clean", resourceType: "cleanup", resourceId: id });
    }
    return { id };
  });
}
