import { afterAll, beforeAll, expect, it } from "vitest";
import { Secret } from "@/domain/secret";
import type { ServiceContext } from "@/server/context";
import { memberships, users } from "@/server/db/schema";
import { verifyPassword } from "@/server/services/user/verify-password";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeServiceContext } from "@/testing/service-context";
import { checkReadiness } from "./check-readiness";
import { createOwner } from "./create-owner";

describeWithDatabase("instance", () => {
  let database: TestDatabase;
  let context: ServiceContext;
  beforeAll(async () => {
    database = await createTestDatabase();
    context = makeServiceContext(database.db);
  });
  afterAll(() => database.drop());

  it("makes the owner once, however often and at once it is asked", async () => {
    const ask = (text: string) => createOwner(context, { email: "owner@example.com", password: new Secret(text) });
    const first = await Promise.all([ask("one"), ask("two"), ask("three")]);
    expect(first.filter((owner) => owner.created)).toHaveLength(1);
    const again = await ask("four");
    expect(again.created).toBe(false);
    expect(new Set([...first, again].map((owner) => `${owner.userId} ${owner.organizationId}`)).size).toBe(1);
    expect(await database.db.$count(users)).toBe(1);
    expect(await database.db.select().from(memberships)).toMatchObject([{ userId: again.userId, role: "owner" }]);
    // The password of a later call opens nothing.
    const credentials = { email: "owner@example.com", password: new Secret("four") };
    await expect(verifyPassword(context, credentials)).rejects.toMatchObject({ code: "invalid_credentials" });
  });

  it("is ready where the database answers and hints arrive, and says in time which of them does not", async () => {
    expect(await checkReadiness(context, Promise.resolve(), 2_000)).toMatchObject({ ready: true, worker: false });
    const deaf = await checkReadiness(context, new Promise(() => undefined), 20);
    expect(deaf).toMatchObject({ ready: false, database: true, listening: false });
  });
});
