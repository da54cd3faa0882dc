import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { Secret } from "@/domain/secret";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeUser } from "@/testing/factories";
import * as password from "./password";
import { verifyPassword } from "./verify-password";

describeWithDatabase("verifyPassword", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    const passwordHash = await password.hashPassword(new Secret("correct horse"));
    await makeUser(database.db, { email: "Ada@Example.com", passwordHash });
    await makeUser(database.db, { email: "no-password@example.com" });
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => database.drop());
  const verify = (email: string, text: string) => verifyPassword(database, { email, password: new Secret(text) });

  it("keeps argon2id with the recommended parameters", async () => {
    expect(await password.hashPassword(new Secret("x"))).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it("knows who it is, whatever the case of the address", async () => {
    expect(await verify("ada@example.COM", "correct horse")).toMatchObject({ email: "Ada@Example.com" });
  });

  it.each([
    ["a wrong password", "ada@example.com", "wrong"],
    ["an unknown address", "nobody@example.com", "correct horse"],
    ["an account without a password", "no-password@example.com", "correct horse"],
    ["the password nobody has", "nobody@example.com", "nobody's password"],
  ])("answers the same for %s, after the same hashing", async (_name, email, text) => {
    await verify("nobody@example.com", "first call hashes once").catch(() => undefined);
    const hashed = vi.spyOn(password, "hashPassword");
    const verified = vi.spyOn(password, "verifyPasswordHash");
    await expect(verify(email, text)).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(verified).toHaveBeenCalledOnce();
    expect(verified.mock.calls[0]?.[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hashed).not.toHaveBeenCalled();
  });
});
