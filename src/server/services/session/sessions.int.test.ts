import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AppError, isAppError } from "@/domain/errors";
import { Secret } from "@/domain/secret";
import type { ServiceContext, UserActor } from "@/server/context";
import { createListenHub, type ListenHub } from "@/server/db/listen";
import { memberships, sessions } from "@/server/db/schema";
import { createLogger } from "@/server/log";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeMember, makeOrganization } from "@/testing/factories";
import { makeChangeFeed, makeServiceContext } from "@/testing/service-context";
import { createSession } from "./create-session";
import { endSession } from "./end-session";
import { guardStream } from "./guard-stream";
import { listSessions } from "./list-sessions";
import { revokeOtherSessions } from "./revoke-other-sessions";
import { revokeSession } from "./revoke-session";
import { createSessionReader, type SessionReader } from "./session-reader";

describeWithDatabase("sessions", () => {
  let database: TestDatabase;
  let hub: ListenHub;
  let context: ServiceContext;
  let actor: UserActor;
  let organizationId: string;
  let now: Date;
  beforeAll(async () => {
    database = await createTestDatabase();
    hub = createListenHub(new Secret(database.url), "test-listen", createLogger("test", "silent"));
    await hub.ready;
  });
  beforeEach(async () => {
    now = new Date();
    context = makeServiceContext(database.db, { changes: hub, clock: { now: () => now } });
    organizationId = (await makeOrganization(database.db)).id;
    const { user, session } = await makeMember(database.db, organizationId, "developer");
    actor = { type: "user", userId: user.id, sessionId: session.id, address: null };
  });
  afterAll(async () => {
    await hub.close();
    await database.drop();
  });
  const open = () => createSession(context, { userId: actor.userId, address: "192.0.2.7", userAgent: "x".repeat(900) });

  describe("list and revoke", () => {
    it("lists the person's own open sessions and marks the one that asks", async () => {
      const other = await open();
      const stranger = await makeMember(database.db, organizationId, "owner");
      const gone = await open();
      await revokeSession({ ...context, actor }, { sessionId: gone });
      const listed = await listSessions({ ...context, actor });
      expect(new Map(listed.map((session) => [session.id, session.current]))).toEqual(
        new Map([
          [actor.sessionId, true],
          [other, false],
        ]),
      );
      expect(listed.find((session) => session.id === other)?.userAgent).toHaveLength(500);
      await expect(revokeSession({ ...context, actor }, { sessionId: stranger.session.id })).rejects.toMatchObject({
        code: "not_found",
      });
    });

    it("ends all others at once and keeps the one that asks", async () => {
      await open();
      await open();
      expect(await revokeOtherSessions({ ...context, actor })).toEqual({ revoked: 2 });
      expect((await listSessions({ ...context, actor })).map((session) => session.id)).toEqual([actor.sessionId]);
    });
  });

  describe("reader", () => {
    let reader: SessionReader;
    beforeEach(() => {
      reader = createSessionReader(context);
    });
    afterEach(() => reader.close());

    it("knows whose it is and where they belong; null for what is unknown or expired", async () => {
      expect(await reader.find(actor.sessionId)).toMatchObject({
        userId: actor.userId,
        roles: { [organizationId]: "developer" },
      });
      expect(await reader.find("ses_00000000000000000000")).toBeNull();
      now = new Date(Date.now() + 2 * 3_600_000);
      expect(await reader.find(actor.sessionId)).toBeNull();
    });

    it("answers from memory, until a hint says that the session ended", async () => {
      await reader.find(actor.sessionId);
      await database.db.delete(memberships).where(eq(memberships.userId, actor.userId));
      expect(await reader.find(actor.sessionId)).toMatchObject({ roles: { [organizationId]: "developer" } });
      await endSession(context, actor);
      await expect.poll(() => reader.find(actor.sessionId), { interval: 5 }).toBeNull();
    });

    it("forgets everything when hints may have been lost", async () => {
      const feed = makeChangeFeed();
      const own = createSessionReader({ ...context, changes: feed });
      await own.find(actor.sessionId);
      await database.db.update(sessions).set({ revokedAt: now }).where(eq(sessions.id, actor.sessionId));
      expect(await own.find(actor.sessionId)).not.toBeNull();
      feed.resync();
      expect(await own.find(actor.sessionId)).toBeNull();
      own.close();
      expect(feed.listeners()).toBe(0);
    });

    it("notes when it was seen, once a minute at most", async () => {
      const writes = async () => {
        const { rows } = await database.db.execute<{ xmin: string; at: string }>(
          sql`select xmin::text, last_seen_at::text as at from sessions where id = ${actor.sessionId}`,
        );
        return rows[0];
      };
      const before = await writes();
      now = new Date(Date.now() + 30_000);
      await reader.find(actor.sessionId);
      now = new Date(Date.now() + 90_000);
      await Promise.all([reader.find(actor.sessionId), reader.find(actor.sessionId)]);
      await expect.poll(async () => (await writes())?.xmin).not.toBe(before?.xmin);
      const after = await writes();
      now = new Date(now.getTime() + 30_000);
      await reader.find(actor.sessionId);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await writes()).toEqual(after);
    });
  });

  describe("guard of a stream", () => {
    const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

    it("ends it with unauthenticated when its session is revoked, and not for another one's", async () => {
      const other = await open();
      const { signal } = guardStream(context, actor, []);
      await revokeSession({ ...context, actor }, { sessionId: other });
      await pause();
      expect(signal.aborted).toBe(false);
      await revokeSession({ ...context, actor }, { sessionId: actor.sessionId });
      await expect.poll(() => signal.aborted, { interval: 5 }).toBe(true);
      expect(isAppError(signal.reason, "unauthenticated")).toBe(true);
    });

    it("looks again when hints may have been lost", async () => {
      const feed = makeChangeFeed();
      const { signal } = guardStream({ ...context, changes: feed }, actor, []);
      feed.resync();
      await pause();
      expect(signal.aborted).toBe(false);
      await database.db.update(sessions).set({ revokedAt: now }).where(eq(sessions.id, actor.sessionId));
      feed.resync();
      await expect.poll(() => signal.aborted, { interval: 5 }).toBe(true);
    });

    it("ends with whatever else ends it, also where that is over already, and stops listening", () => {
      const feed = makeChangeFeed();
      const request = new AbortController();
      const shutdown = new AbortController();
      const guard = () => guardStream({ ...context, changes: feed }, actor, [request.signal, shutdown.signal]);
      const { signal } = guard();
      shutdown.abort(new AppError("restarting"));
      expect(isAppError(signal.reason, "restarting")).toBe(true);
      expect(guard().signal.aborted).toBe(true);
      expect(feed.listeners()).toBe(0);
    });

    it("stops listening when the stream ends by itself", () => {
      const feed = makeChangeFeed();
      const guard = guardStream({ ...context, changes: feed }, actor, [new AbortController().signal]);
      guard.close();
      guard.close();
      expect(feed.listeners()).toBe(0);
    });
  });
});
