import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Secret } from "@/domain/secret";
import type { UserContext } from "@/server/context";
import { createSession } from "@/server/services/session/create-session";
import { listSessions } from "@/server/services/session/list-sessions";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeUser } from "@/testing/factories";
import { makeServiceContext } from "@/testing/service-context";
import { changePassword } from "./change-password";
import { hashPassword } from "./password";
import { verifyPassword } from "./verify-password";

const old = "correct horse";
const next = "battery staple battery";

describeWithDatabase("changePassword", () => {
  let database: TestDatabase;
  let context: UserContext;
  let email: string;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    const user = await makeUser(database.db, { passwordHash: await hashPassword(new Secret(old)) });
    email = user.email;
    const services = makeServiceContext(database.db);
    const from = { userId: user.id, address: null, userAgent: null };
    const sessionId = await createSession(services, from);
    await createSession(services, from);
    context = { ...services, actor: { type: "user", userId: user.id, sessionId, address: null } };
  });
  afterAll(() => database.drop());
  const verify = (password: string) => verifyPassword(context, { email, password: new Secret(password) });

  it("sets the new one, and ends every session but the one that asks", async () => {
    expect(await changePassword(context, { currentPassword: old, newPassword: next })).toEqual({ revoked: 1 });
    await expect(verify(next)).resolves.toMatchObject({ email });
    await expect(verify(old)).rejects.toMatchObject({ code: "invalid_credentials" });
    expect((await listSessions(context)).map(({ current }) => current)).toEqual([true]);
  });

  it("changes nothing where the current one is wrong, and lets nobody try for ever", async () => {
    const wrong = () => changePassword(context, { currentPassword: "wrong", newPassword: next });
    const fields = { currentPassword: expect.any(String) };
    for (let n = 0; n < 10; n += 1) {
      await expect(wrong()).rejects.toMatchObject({ code: "invalid_input", details: { fields } });
    }
    await expect(wrong()).rejects.toMatchObject({ code: "rate_limited" });
    await expect(verify(old)).resolves.toMatchObject({ email });
    expect(await listSessions(context)).toHaveLength(2);
  });
});
