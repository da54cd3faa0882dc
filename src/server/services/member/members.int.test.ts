import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Role } from "@/domain/permissions";
import type { OrganizationContext } from "@/server/context";
import { auditLog, memberships } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeMember, makeOrganization } from "@/testing/factories";
import { makeServiceContext } from "@/testing/service-context";
import { changeRole } from "./change-role";
import { listMembers } from "./list-members";
import { removeMember } from "./remove-member";

describeWithDatabase("members", () => {
  let database: TestDatabase;
  let context: OrganizationContext;
  let owner: string;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    const organizationId = (await makeOrganization(database.db)).id;
    const { user, session } = await makeMember(database.db, organizationId, "owner");
    owner = user.id;
    const actor = { type: "user" as const, userId: owner, sessionId: session.id, address: "192.0.2.1" };
    context = { ...makeServiceContext(database.db), actor, organizationId };
  });
  afterAll(() => database.drop());

  const add = async (role: Role) => (await makeMember(database.db, context.organizationId, role)).user.id;
  const roleOf = async (userId: string) =>
    (await database.db.select().from(memberships).where(eq(memberships.userId, userId)))[0]?.role;

  it("lists everybody once, page by page, and nobody of another organization", async () => {
    const everybody = [owner];
    for (let n = 0; n < 6; n += 1) everybody.push(await add("viewer"));
    await makeMember(database.db, (await makeOrganization(database.db)).id, "owner");
    const listed: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await listMembers(context, { organizationId: context.organizationId, limit: 3, cursor });
      listed.push(...page.items.map(({ userId }) => userId));
      cursor = page.nextCursor;
    }
    expect(listed).toHaveLength(7);
    expect(new Set(listed)).toEqual(new Set(everybody));
  });

  it("changes a role, with who did it and what it was in the trail", async () => {
    const userId = await add("viewer");
    await changeRole(context, "owner", { organizationId: context.organizationId, userId, role: "admin" });
    expect(await roleOf(userId)).toBe("admin");
    const [entry] = await database.db.select().from(auditLog).where(eq(auditLog.resourceId, userId));
    expect(entry).toMatchObject({
      ...{ action: "member.update", actorId: owner, address: "192.0.2.1" },
      detail: { from: "viewer", to: "admin" },
    });
  });

  describe("nobody grants what they do not have", () => {
    it.each<[Role, Role, Role, boolean]>([
      ["admin", "viewer", "admin", true],
      ["admin", "admin", "viewer", true],
      ["admin", "viewer", "owner", false],
      ["admin", "owner", "viewer", false],
      ["owner", "admin", "owner", true],
      ["owner", "owner", "viewer", true],
    ])("as %s: from %s to %s", async (actorRole, from, role, allowed) => {
      const userId = await add(from);
      const change = changeRole(context, actorRole, { organizationId: context.organizationId, userId, role });
      if (allowed) await change;
      else await expect(change).rejects.toMatchObject({ code: "forbidden" });
      expect(await roleOf(userId)).toBe(allowed ? role : from);
    });

    it("an admin removes no owner", async () => {
      await add("owner");
      await expect(removeMember(context, "admin", { userId: owner })).rejects.toMatchObject({ code: "forbidden" });
    });
  });

  it("keeps the last owner, also where two leave at once", async () => {
    const last = { organizationId: context.organizationId, userId: owner, role: "admin" as const };
    await expect(changeRole(context, "owner", last)).rejects.toMatchObject({ code: "last_owner" });
    await expect(removeMember(context, "owner", { userId: owner })).rejects.toMatchObject({ code: "last_owner" });

    const second = await add("owner");
    const outcomes = await Promise.allSettled([
      removeMember(context, "owner", { userId: owner }),
      removeMember(context, "owner", { userId: second }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { organizationId } = context;
    expect(await database.db.$count(memberships, eq(memberships.organizationId, organizationId))).toBe(1);
  });

  it("has every process forget what a member could do, and knows nobody of elsewhere", async () => {
    const { user, session } = await makeMember(database.db, context.organizationId, "developer");
    const told = await hintsOf(() => removeMember(context, "owner", { userId: user.id }));
    expect(told).toContainEqual({ type: "session", sessionId: session.id, change: "rights" });
    await expect(removeMember(context, "owner", { userId: user.id })).rejects.toMatchObject({ code: "not_found" });
  });

  /** What PostgreSQL hands to who listens. */
  async function hintsOf(act: () => Promise<unknown>): Promise<unknown[]> {
    const client = await database.db.$client.connect();
    const hints: unknown[] = [];
    client.on("notification", ({ payload }) => hints.push(JSON.parse(payload ?? "null")));
    await client.query("listen helvetia");
    try {
      await act();
      // Notifications of a committed transaction come before the answer to the next query.
      await client.query("select 1");
      return hints;
    } finally {
      client.release(true);
    }
  }
});
