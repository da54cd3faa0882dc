import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Role } from "@/domain/permissions";
import type { ServiceContext, UserActor } from "@/server/context";
import { memberships } from "@/server/db/schema";
import { guardStream } from "@/server/services/session/guard-stream";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeMember, makeOrganization } from "@/testing/factories";
import { makeChangeFeed, makeServiceContext } from "@/testing/service-context";
import { findRoleEnd } from "./find-role-end";

describeWithDatabase("a stream of an organization", () => {
  let database: TestDatabase;
  let context: ServiceContext;
  let actor: UserActor;
  let organizationId: string;
  const feed = makeChangeFeed();
  beforeAll(async () => {
    database = await createTestDatabase();
    context = makeServiceContext(database.db, { changes: feed });
  });
  beforeEach(async () => {
    organizationId = (await makeOrganization(database.db)).id;
    const { user, session } = await makeMember(database.db, organizationId, "admin");
    actor = { type: "user", userId: user.id, sessionId: session.id, address: null };
  });
  afterAll(() => database.drop());

  const membership = () => and(eq(memberships.organizationId, organizationId), eq(memberships.userId, actor.userId));
  const setRole = (role: Role) => database.db.update(memberships).set({ role }).where(membership());
  const tell = () => feed.emit({ type: "session", sessionId: actor.sessionId, change: "rights" });
  const ended = (signal: AbortSignal) =>
    new Promise<unknown>((resolve) => {
      signal.addEventListener("abort", () => resolve(signal.reason), { once: true });
    });

  it("ends when the person is removed from it", async () => {
    const { signal } = guardStream(context, actor, [], findRoleEnd(organizationId, "storage.read"));
    const end = ended(signal);
    await database.db.delete(memberships).where(membership());
    tell();
    expect(await end).toMatchObject({ code: "not_found" });
  });

  it("ends when the role allows it no more, and not before", async () => {
    const asked: unknown[] = [];
    const findEnd = findRoleEnd(organizationId, "storage.read");
    const { signal } = guardStream(context, actor, [], async (...question) => {
      const end = await findEnd(...question);
      asked.push(end);
      return end;
    });
    const end = ended(signal);
    await setRole("owner");
    tell();
    while (asked.length === 0) await new Promise(setImmediate);
    expect(signal.aborted).toBe(false);
    await setRole("viewer");
    tell();
    expect(await end).toMatchObject({ code: "forbidden" });
  });
});
