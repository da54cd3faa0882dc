/**
 * Every request asks whether its session still stands. The answer is kept in this process for a little while and
 * forgotten the moment a hint says that the session ended, so a revoked one ends at once and a list costs no extra
 * query.
 */
import { and, eq, lt } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import type { ServiceContext } from "@/server/context";
import { sessions } from "@/server/db/schema";

// Bounds how long a session could outlive its revocation if the hint were lost with the connection.
const keptForMs = 10_000;
const seenEveryMs = 60_000;
const mostKept = 10_000;

type Session = { userId: string; expiresAt: Date; revokedAt: Date | null; lastSeenAt: Date };

export type SessionReader = {
  /** Whose session it is; null where it is unknown, revoked or expired. Notes that it was seen, once a minute at most. */
  findUserId(sessionId: string): Promise<string | null>;
  close(): void;
};

export function createSessionReader(context: ServiceContext): SessionReader {
  const { changes, clock, db, log } = context;
  const kept = new LRUCache<string, Session>({ max: mostKept, ttl: keptForMs });
  // A read that was under way when a hint came may carry the state before it: it is not kept.
  let hints = 0;
  function forget(sessionId: string | null): void {
    hints += 1;
    if (sessionId === null) kept.clear();
    else kept.delete(sessionId);
  }
  const stops = [
    changes.onEvent((event) => {
      if (event.type === "session") forget(event.sessionId);
    }),
    changes.onResync(() => forget(null)),
  ];

  async function read(sessionId: string): Promise<Session | null> {
    const before = hints;
    const { userId, expiresAt, revokedAt, lastSeenAt } = sessions;
    const [session] = await db
      .select({ userId, expiresAt, revokedAt, lastSeenAt })
      .from(sessions)
      .where(eq(sessions.id, sessionId));
    if (!session) return null;
    if (hints === before) kept.set(sessionId, session);
    return session;
  }

  function noteSeen(sessionId: string, session: Session, now: Date): void {
    const due = new Date(now.getTime() - seenEveryMs);
    if (session.lastSeenAt > due) return;
    session.lastSeenAt = now;
    db.update(sessions)
      .set({ lastSeenAt: now })
      .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, due)))
      .catch((error: unknown) => log.warn({ err: error }, "noting when a session was last seen failed"));
  }

  return {
    async findUserId(sessionId) {
      const session = kept.get(sessionId) ?? (await read(sessionId));
      const now = clock.now();
      if (!session || session.revokedAt !== null || session.expiresAt <= now) return null;
      noteSeen(sessionId, session, now);
      return session.userId;
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}
