import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { setVariablesInput } from "@/contracts/service";
import type { OrganizationContext } from "@/server/context";
import { variables } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeProject, makeService } from "@/testing/factories";
import { readAudit } from "@/testing/read-effects";
import { makeOwnerContext } from "@/testing/service-context";
import { listVariables } from "./list-variables";
import { setVariables } from "./set-variables";

describeWithDatabase("variables", () => {
  let database: TestDatabase;
  let context: OrganizationContext;
  let serviceId: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    context = await makeOwnerContext(database.db);
  });
  beforeEach(async () => {
    const place = await makeProject(database.db, context.organizationId);
    serviceId = (await makeService(database.db, place)).id;
  });
  afterAll(() => database.drop());
  const set = (list: { key: string; value: string | null; secret: boolean }[], remove: string[] = []) =>
    setVariables(context, { serviceId, variables: list, remove });

  it("sets, replaces and removes; the rest stays", async () => {
    await set([
      { key: "B", value: "1", secret: false },
      { key: "A", value: "", secret: false },
      { key: "C", value: "x", secret: false },
    ]);
    const after = await set([{ key: "B", value: "2", secret: false }], ["C", "NEVER_THERE"]);
    expect(after.map(({ key, value }) => [key, value])).toEqual([
      ["A", ""],
      ["B", "2"],
    ]);
  });

  it("never gives a secret back: not in the list, not in the row, not in the audit trail", async () => {
    const listed = await set([{ key: "TOKEN", value: "hunter2", secret: true }]);
    expect(listed).toMatchObject([{ key: "TOKEN", secret: true, value: null }]);
    expect(await listVariables(context, serviceId)).toEqual(listed);
    const rows = await database.db.select().from(variables).where(eq(variables.serviceId, serviceId));
    const trail = await readAudit(database.db, serviceId);
    expect(JSON.stringify([rows, trail])).not.toContain("hunter2");
    expect(trail).toMatchObject([{ action: "variable.set", detail: { set: ["TOKEN"], removed: [] } }]);
  });

  it("makes a plain one secret without typing it again, but never a secret one plain", async () => {
    await set([{ key: "A", value: "kept", secret: false }]);
    expect(await set([{ key: "A", value: null, secret: true }])).toMatchObject([{ secret: true, value: null }]);
    await expect(set([{ key: "A", value: null, secret: false }])).rejects.toMatchObject({
      code: "invalid_input",
      details: { fields: { "variables.A": expect.any(String) } },
    });
    expect(await set([{ key: "A", value: "new", secret: false }])).toMatchObject([{ value: "new" }]);
  });

  it("needs a value for a new one, and refuses more than the limit as a whole", async () => {
    await expect(set([{ key: "A", value: null, secret: true }])).rejects.toMatchObject({ code: "invalid_input" });
    const many = (prefix: string) =>
      Array.from({ length: 300 }, (_, n) => ({ key: `${prefix}${n}`, value: "1", secret: false }));
    await set(many("A"));
    await expect(set(many("B"))).rejects.toMatchObject({ code: "invalid_input" });
    expect(await listVariables(context, serviceId)).toHaveLength(300);
  });

  it.each([
    [[{ key: "1A", value: "", secret: false }]],
    [[{ key: "A B", value: "", secret: false }]],
    [[{ key: "A=B", value: "", secret: false }]],
    [[{ key: "A", value: "x\0y", secret: false }]],
    [[{ key: "A", value: "x".repeat(40_000), secret: false }]],
    [
      [
        { key: "A", value: "1", secret: false },
        { key: "A", value: "2", secret: false },
      ],
    ],
  ])("refuses hostile input %#", (list) => {
    expect(setVariablesInput.safeParse({ serviceId, variables: list }).success).toBe(false);
  });
});
