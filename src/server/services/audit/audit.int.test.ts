import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditView } from "@/contracts/audit";
import { type AuditAction, auditActions } from "@/domain/audit-actions";
import type { OrganizationContext } from "@/server/context";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment, makeProject, makeService } from "@/testing/factories";
import { makeOwnerContext } from "@/testing/service-context";
import { exportAudit } from "./export-audit";
import { listAudit } from "./list-audit";
import { recordAudit } from "./record-audit";

describeWithDatabase("the trail of who did what", () => {
  let database: TestDatabase;
  let context: OrganizationContext & { actor: { type: "user"; userId: string } };
  const record = (
    action: AuditAction,
    resourceType: "project" | "service" | "deployment" | "member",
    resourceId: string,
  ) =>
    database.db.transaction((tx) => recordAudit(tx, context, { action, resourceType, resourceId, detail: { n: 1 } }));
  const never = new AbortController().signal;

  async function exportAs(format: "csv" | "json"): Promise<string> {
    let text = "";
    const { organizationId } = context;
    for await (const piece of exportAudit(context, { organizationId, format }, never)) text += piece;
    return text;
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    // Each a moment after the one before it.
    let moment = Date.now();
    context = await makeOwnerContext(database.db, { clock: { now: () => new Date(moment++) } });
    const stranger = await makeOwnerContext(database.db);
    const place = await makeProject(database.db, context.organizationId);
    const service = await makeService(database.db, place, { name: "=cmd" });
    const deployment = await makeDeployment(database.db, service, { status: "live" });
    await record("project.create", "project", place.project.id);
    await record("service.create", "service", service.id);
    await record("deployment.create", "deployment", deployment.id);
    await record("member.update", "member", context.actor.userId);
    await record("project.delete", "project", "prj_gone");
    await database.db.transaction((tx) =>
      recordAudit(tx, stranger, { action: "project.create", resourceType: "project", resourceId: "prj_theirs" }),
    );
  });
  afterAll(() => database.drop());

  const list = (filter: { area?: "project" | "deployment"; userId?: string; limit?: number; cursor?: string | null }) =>
    listAudit(context, { organizationId: context.organizationId, limit: 50, ...filter });

  it("names who, what and where from, the newest first, and nothing of another organization", async () => {
    const { items } = await list({});
    const { userId } = context.actor;
    expect(items.map(({ action, resource }) => [action, resource.name])).toEqual([
      ["project.delete", null],
      ["member.update", "Ada"],
      ["deployment.create", "=cmd"],
      ["service.create", "=cmd"],
      ["project.create", "Shop"],
    ]);
    expect(items[0]).toMatchObject({
      actor: { type: "user", id: userId, name: "Ada" },
      resource: { type: "project", id: "prj_gone", path: null },
      ...{ address: "192.0.2.1", detail: { n: 1 } },
    });
    expect(items[2]?.resource.path).toMatch(/^\/services\/svc_.*\/deployments\/dep_/);
  });

  it("is filtered by what it is about and by who did it", async () => {
    expect((await list({ area: "project" })).items).toHaveLength(2);
    expect((await list({ area: "deployment" })).items).toHaveLength(1);
    expect((await list({ userId: context.actor.userId })).items).toHaveLength(5);
    expect((await list({ userId: "usr_00000000000000000000" })).items).toEqual([]);
  });

  it("comes page by page, each entry once", async () => {
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await list({ limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  });

  it("is exported whole as CSV, which no spreadsheet takes for formulas, and as JSON", async () => {
    const csv = (await exportAs("csv")).split("\r\n");
    expect(csv[0]).toBe("at,actor,email,actor_id,action,resource,resource_id,address,detail");
    expect(csv).toHaveLength(7);
    expect(csv[4]).toContain(",service.create,'=cmd,");
    const entries: AuditView[] = JSON.parse(await exportAs("json"));
    expect(entries.map(({ action }) => action)).toEqual((await list({})).items.map(({ action }) => action));
  });

  describe("every action", () => {
    it.each(Object.keys(auditActions))("%s is an area and a verb", (action) => {
      expect(action).toMatch(/^[a-z]+\.[a-z-]+$/);
    });
  });
});
