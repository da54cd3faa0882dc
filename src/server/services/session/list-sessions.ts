import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { SessionView } from "@/contracts/account";
import type { UserContext } from "@/server/context";
import { sessions } from "@/server/db/schema";

const most = 100;

/** The person's open sessions, the one used last first; at most a hundred. */
export async function listSessions({ db, clock, actor }: UserContext): Promise<SessionView[]> {
  const rows = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, actor.userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, clock.now())))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(most);
  return rows.map(({ id, createdAt, lastSeenAt, address, userAgent }) => ({
    id,
    current: id === actor.sessionId,
    createdAt,
    lastSeenAt,
    address,
    userAgent,
  }));
}
