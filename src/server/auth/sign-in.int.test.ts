import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Secret } from "@/domain/secret";
import type { ServiceContext } from "@/server/context";
import { rateLimits, sessions } from "@/server/db/schema";
import { endSession } from "@/server/services/session/end-session";
import { createSessionReader } from "@/server/services/session/session-reader";
import { hashPassword } from "@/server/services/user/password";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeUser } from "@/testing/factories";
import { makeServiceContext } from "@/testing/service-context";
import { createActorFinder } from "./actor-finder";
import { sessionSecret } from "./session-token";
import { signIn } from "./sign-in";
import { createSignInLimits } from "./sign-in-limits";

describeWithDatabase("sign-in", () => {
  let database: TestDatabase;
  let context: ServiceContext;
  const email = "ada@example.com";
  beforeAll(async () => {
    database = await createTestDatabase();
    context = makeServiceContext(database.db);
    await makeUser(database.db, { email, passwordHash: await hashPassword(new Secret("correct horse")) });
  });
  beforeEach(() => database.db.delete(rateLimits));
  afterAll(() => database.drop());

  const attempt = (values: { email?: string; password?: unknown; address?: string } = {}) =>
    // Limits made anew for each attempt: what counts is in the database, as after a restart.
    signIn(
      context,
      createSignInLimits(database.db),
      { email, password: "correct horse", ...values },
      { address: values.address ?? "192.0.2.1", userAgent: "test" },
    );
  const fail = (values: { email?: string; address?: string } = {}) => attempt({ ...values, password: "wrong" });
  const times = async (count: number, work: () => Promise<unknown>) => {
    for (let n = 0; n < count; n++) await work().catch(() => undefined);
  };

  it("opens a session that remembers from where", async () => {
    const { sessionId, userId } = await attempt();
    const rows = await database.db.select().from(sessions);
    expect(rows.find((row) => row.id === sessionId)).toMatchObject({ userId, address: "192.0.2.1", userAgent: "test" });
  });

  it.each([{ password: "wrong" }, { email: "nobody@example.com" }, { email: "not an address" }, { password: ["x"] }])(
    "refuses %j, and opens nothing",
    async (values) => {
      const before = await database.db.$count(sessions);
      await expect(attempt(values)).rejects.toMatchObject({ code: "invalid_credentials" });
      expect(await database.db.$count(sessions)).toBe(before);
    },
  );

  describe("limits", () => {
    it("stops an account from one address after ten attempts, right password or not, and says how long", async () => {
      await times(10, fail);
      await expect(attempt()).rejects.toMatchObject({
        code: "rate_limited",
        fix: expect.stringMatching(/Wait \d+ minutes/),
        details: { retryAfterSeconds: expect.any(Number) },
      });
    });

    it("leaves the owner in from another address, and others in from this one", async () => {
      await times(11, fail);
      await expect(attempt({ address: "192.0.2.2" })).resolves.toBeDefined();
      await expect(fail({ email: "other@example.com" })).rejects.toMatchObject({ code: "invalid_credentials" });
    });

    it("forgets the attempts before a success", async () => {
      await times(9, fail);
      await attempt();
      await times(9, fail);
      await expect(attempt()).resolves.toBeDefined();
    });

    it("does not let upper case count anew, and keeps no address in clear", async () => {
      await times(10, fail);
      await expect(attempt({ email: "ADA@example.com" })).rejects.toMatchObject({ code: "rate_limited" });
      expect(JSON.stringify(await database.db.select().from(rateLimits))).not.toMatch(/ada|192\.0/i);
    });
  });

  describe("actor", () => {
    const cookieFor = async (claims: Record<string, unknown>, secret = sessionSecret(context.config)) =>
      new Headers({
        cookie: `x=1; helvetia.session=${await encode({ token: claims, secret, maxAge: 60 })}`,
        "x-forwarded-for": "198.51.100.1",
      });
    const findWith = () => {
      const reader = createSessionReader(context);
      return createActorFinder(context.config, reader);
    };

    it("is who the cookie's session says, until that session ends", async () => {
      const { userId, sessionId } = await attempt();
      const headers = await cookieFor({ sub: userId, sessionId });
      expect(await findWith()(headers)).toMatchObject({ type: "user", userId, sessionId, address: "198.51.100.1" });
      await endSession(context, { userId, sessionId });
      expect(await findWith()(headers)).toBeNull();
    });

    it("is nobody without a cookie, with a damaged or foreign one, or with another person's session", async () => {
      const { userId, sessionId } = await attempt();
      const other = await makeUser(database.db);
      const foreignSecret = "another instance's secret";
      const find = findWith();
      expect(await find(new Headers())).toBeNull();
      expect(await find(new Headers({ cookie: "helvetia.session=damaged" }))).toBeNull();
      expect(await find(await cookieFor({ sub: userId, sessionId }, foreignSecret))).toBeNull();
      expect(await find(await cookieFor({ sub: other.id, sessionId }))).toBeNull();
      expect(await find(await cookieFor({ sub: userId }))).toBeNull();
    });
  });
});
