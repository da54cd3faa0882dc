import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Secret } from "@/domain/secret";
import type { OrganizationContext, UserContext } from "@/server/context";
import { auditLog, invitations, memberships, users } from "@/server/db/schema";
import { verifyPassword } from "@/server/services/user/verify-password";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeMember, makeOrganization, makeUser } from "@/testing/factories";
import { makeServiceContext } from "@/testing/service-context";
import { acceptInvitation } from "./accept-invitation";
import { createInvitation } from "./create-invitation";
import { joinWithNewAccount } from "./join-with-new-account";
import { listInvitations } from "./list-invitations";
import { revokeInvitation } from "./revoke-invitation";
import { showInvitation } from "./show-invitation";

const password = "correct horse battery";

describeWithDatabase("invitations", () => {
  let database: TestDatabase;
  let context: OrganizationContext;
  let now: Date;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    now = new Date();
    const organizationId = (await makeOrganization(database.db)).id;
    const { user, session } = await makeMember(database.db, organizationId, "owner");
    const actor = { type: "user" as const, userId: user.id, sessionId: session.id, address: null };
    context = { ...makeServiceContext(database.db, { clock: { now: () => now } }), actor, organizationId };
  });
  afterAll(() => database.drop());

  async function invite(values: { email?: string; role?: "viewer" | "admin" } = {}) {
    const { organizationId } = context;
    const input = { organizationId, role: "developer" as const, email: "", days: 7 as const, ...values };
    const { id, url } = await createInvitation(context, "owner", input);
    return { id, token: url.split("/").at(-1) ?? "" };
  }
  async function somebody(): Promise<UserContext & { email: string }> {
    const { id, email } = await makeUser(database.db);
    return { ...context, email, actor: { type: "user", userId: id, sessionId: "ses_x", address: null } };
  }
  const roleOf = async (userId: string) =>
    (await database.db.select().from(memberships).where(eq(memberships.userId, userId)))[0]?.role;
  const open = () => listInvitations(context, { organizationId: context.organizationId, limit: 10 });

  it("is a link that is shown once: the database cannot tell it", async () => {
    const { id, token } = await invite();
    const [row] = await database.db.select().from(invitations).where(eq(invitations.id, id));
    expect(JSON.stringify(row)).not.toContain(token);
    const trail = await database.db.select().from(auditLog).where(eq(auditLog.resourceId, id));
    expect(JSON.stringify(trail)).not.toContain(token);
    expect(await showInvitation(context, { token })).toEqual({
      ...{ organizationName: "Acme", role: "developer", email: null },
    });
  });

  it("makes who has an account a member, once", async () => {
    const { token } = await invite();
    const person = await somebody();
    expect(await acceptInvitation(person, { token })).toMatchObject({ role: "developer" });
    expect(await roleOf(person.actor.userId)).toBe("developer");
    await expect(acceptInvitation(await somebody(), { token })).rejects.toMatchObject({ code: "invitation_over" });
    await expect(showInvitation(context, { token })).rejects.toMatchObject({ code: "invitation_over" });
    expect((await open()).items).toEqual([]);
  });

  it("lets one of ten join who use the link at once", async () => {
    const { token } = await invite();
    const crowd = await Promise.all(Array.from({ length: 10 }, somebody));
    const outcomes = await Promise.allSettled(crowd.map((person) => acceptInvitation(person, { token })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("makes an account for who has none, which signs in then", async () => {
    const { token } = await invite({ role: "admin" });
    const email = `New-${now.getTime()}@Example.com`;
    await joinWithNewAccount(context, { token, name: "Grace", email, password });
    const user = await verifyPassword(context, { email: email.toLowerCase(), password: new Secret(password) });
    expect(await roleOf(user.id)).toBe("admin");
  });

  it("keeps the link where an account has the address, and makes no second one", async () => {
    const { token } = await invite();
    const { email } = await somebody();
    const again = joinWithNewAccount(context, { token, name: "Eve", email: email.toUpperCase(), password });
    const fields = { email: expect.any(String) };
    await expect(again).rejects.toMatchObject({ code: "email_taken", details: { fields } });
    expect(await showInvitation(context, { token })).toMatchObject({ role: "developer" });
  });

  it("is for the address that it names, whatever its case", async () => {
    const person = await somebody();
    const { token } = await invite({ email: person.email.toUpperCase() });
    const refused = { code: "invitation_for_another" };
    await expect(acceptInvitation(await somebody(), { token })).rejects.toMatchObject(refused);
    const stranger = { token, name: "Eve", email: `eve-${now.getTime()}@example.com`, password };
    await expect(joinWithNewAccount(context, stranger)).rejects.toMatchObject(refused);
    expect(await database.db.select().from(users).where(eq(users.email, stranger.email))).toEqual([]);
    await acceptInvitation(person, { token });
  });

  it("is refused for who belongs already, and stays for somebody else", async () => {
    const { user } = await makeMember(database.db, context.organizationId, "viewer");
    await expect(invite({ email: user.email })).rejects.toMatchObject({ code: "already_member" });
    const { token } = await invite();
    const actor = { type: "user" as const, userId: user.id, sessionId: "ses_x", address: null };
    await expect(acceptInvitation({ ...context, actor }, { token })).rejects.toMatchObject({ code: "already_member" });
    expect(await roleOf(user.id)).toBe("viewer");
    await acceptInvitation(await somebody(), { token });
  });

  describe("is over", () => {
    it("when it was revoked, which no other organization can", async () => {
      const { id, token } = await invite();
      const { organizationId } = context;
      const elsewhere = { ...context, organizationId: (await makeOrganization(database.db)).id };
      const revoke = (by: OrganizationContext) => revokeInvitation(by, { organizationId, invitationId: id });
      await expect(revoke(elsewhere)).rejects.toMatchObject({ code: "not_found" });
      expect((await open()).items).toMatchObject([{ id, invitedBy: "Ada" }]);
      await revoke(context);
      expect((await open()).items).toEqual([]);
      await expect(acceptInvitation(await somebody(), { token })).rejects.toMatchObject({ code: "invitation_over" });
    });

    it("after its days", async () => {
      const { token } = await invite();
      now = new Date(now.getTime() + 7 * 24 * 3_600_000);
      await expect(acceptInvitation(await somebody(), { token })).rejects.toMatchObject({ code: "invitation_over" });
      expect((await open()).items).toEqual([]);
    });

    it.each(["", "x", "../..", "💥", "a".repeat(100)])("where there never was one: %j", async (token) => {
      await expect(showInvitation(context, { token })).rejects.toMatchObject({ code: "invitation_over" });
    });
  });

  it("an admin invites no owner", async () => {
    const { organizationId } = context;
    const input = { organizationId, role: "owner" as const, email: "", days: 1 as const };
    await expect(createInvitation(context, "admin", input)).rejects.toMatchObject({ code: "forbidden" });
  });
});
