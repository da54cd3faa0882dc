import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/server/db/client";
import { sessions } from "@/server/db/schema";
import { notify } from "@/server/events";

/** Has every process read anew what a person's sessions may do, and end the streams they may no longer read. */
export async function tellSessions(tx: Tx, userId: string): Promise<void> {
  const open = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)));
  for (const { id } of open) await notify(tx, { type: "session", sessionId: id, change: "rights" });
}
