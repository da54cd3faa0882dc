import { and, isNull, type SQL } from "drizzle-orm";
import type { UserContext } from "@/server/context";
import { sessions } from "@/server/db/schema";
import { notify } from "@/server/events";
import { recordAudit } from "@/server/services/audit/record-audit";

/** Revokes the open sessions that match, and has every process forget them. Returns their ids. */
export async function endSessions(context: UserContext, which: SQL | undefined): Promise<string[]> {
  return context.db.transaction(async (tx) => {
    const ended = await tx
      .update(sessions)
      .set({ revokedAt: context.clock.now() })
      .where(and(which, isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    for (const { id } of ended) {
      await recordAudit(
        tx,
        { ...context, organizationId: null },
        { action: "session.revoke", resourceType: "session", resourceId: id },
      );
      await notify(tx, { type: "session", sessionId: id, change: "ended" });
    }
    return ended.map((session) => session.id);
  });
}
