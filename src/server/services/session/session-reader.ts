/**
 * Every request asks whether its session still stands, and where the person belongs. The answer is kept in this process
 * for a little while and forgotten the moment a hint says that it changed, so a revoked session ends at once and most
 * requests cost no query for it. Whoever changes a person's roles sends that hint for the person's sessions.
 */
import { and, eq, lt, sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import type { Role } from "@/domain/permissions";
import type { ServiceContext } from "@/server/context";
import { sessions } from "@/server/db/schema";
import { prepared } from "@/server/services/prepared";

// Bounds how long a session or a role could outlive its end if the hint were lost with the connection.
const keptForMs = 10_000;
const seenEveryMs = 60_000;
const mostKept = 10_000;

type Session = { userId: string; expiresAt: Date; revokedAt: Date | null; lastSeenAt: Date; roles: Roles };
type Roles = Readonly<Record<string, Role>>;

export type OpenSession = {
  userId: string;
  /** The person's role in each of their organizations. */
  roles: Roles;
};

export type SessionReader = {
  /** Null where it is unknown, revoked or expired. Notes that it was seen, once a minute at most. */
  find(sessionId: string): Promise<OpenSession | null>;
  close(): void;
};

const statement = prepared((db) =>
  db
    .select({
      userId: sessions.userId,
      expiresAt: sessions.expiresAt,
      revokedAt: sessions.revokedAt,
      lastSeenAt: sessions.lastSeenAt,
      roles: sql<Roles>`(
        select coalesce(json_object_agg(m.organization_id, m.role), '{}')
        from memberships as m
        where m.user_id = sessions.user_id)`,
    })
    .from(sessions)
    .where(eq(sessions.id, sql.placeholder("sessionId")))
    .prepare("find_session"),
);

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
    const [session] = await statement(db).execute({ sessionId });
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
    async find(sessionId) {
      const session = kept.get(sessionId) ?? (await read(sessionId));
      const now = clock.now();
      if (!session || session.revokedAt !== null || session.expiresAt <= now) return null;
      noteSeen(sessionId, session, now);
      return session;
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}
