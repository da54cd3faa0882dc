import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "@/server/config";
import type { OrganizationContext } from "@/server/context";
import { newId } from "@/server/db/new-id";
import { environments, instances, projects, services } from "@/server/db/schema";
import { listServices } from "@/server/services/service/list-services";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment, makeProject, makeService } from "@/testing/factories";
import { readAudit, readJobKeys } from "@/testing/read-effects";
import { makeOwnerContext } from "@/testing/service-context";
import { createProject } from "./create-project";
import { deleteProject } from "./delete-project";
import { getProject } from "./get-project";
import { listProjects } from "./list-projects";
import { renameProject } from "./rename-project";

describeWithDatabase("projects", () => {
  let database: TestDatabase;
  let context: OrganizationContext;
  beforeAll(async () => {
    database = await createTestDatabase();
    context = await makeOwnerContext(database.db);
  });
  afterAll(() => database.drop());
  const create = (name: string, where = context) =>
    createProject(where, { organizationId: where.organizationId, name });

  describe("create", () => {
    it("makes it with a production environment, and says who did", async () => {
      const project = await create("My Shop!");
      expect(project).toMatchObject({ name: "My Shop!", slug: "my-shop", deleting: false });
      expect(project.environments).toMatchObject([{ name: "Production", slug: "production" }]);
      expect(await getProject(context, project.id)).toEqual(project);
      expect(await readAudit(database.db, project.id)).toMatchObject([
        { action: "project.create", organizationId: context.organizationId, address: "192.0.2.1" },
      ]);
    });

    it("refuses a name that makes the same slug, and leaves nothing behind", async () => {
      await create("Taken");
      const before = await database.db.$count(environments);
      await expect(create("taken?")).rejects.toMatchObject({
        code: "name_taken",
        details: { fields: { name: expect.any(String) } },
      });
      expect(await database.db.$count(environments)).toBe(before);
    });

    it("lets another organization use the same name", async () => {
      await create("Common");
      const other = await makeOwnerContext(database.db);
      await expect(create("Common", other)).resolves.toMatchObject({ slug: "common" });
    });

    it("gives every environment an address block of its own, also when many are made at once, and reuses free ones", async () => {
      const made = await Promise.all(Array.from({ length: 8 }, (_, n) => create(`At once ${n}`)));
      const rows = await database.db.select().from(environments);
      expect(new Set(rows.map((row) => row.subnetIndex)).size).toBe(rows.length);

      const [first] = made;
      const [freed] = await database.db
        .delete(environments)
        .where(eq(environments.projectId, first?.id ?? ""))
        .returning();
      const next = await create("Takes the free one");
      const [row] = await database.db.select().from(environments).where(eq(environments.projectId, next.id));
      expect(row?.subnetIndex).toBe(freed?.subnetIndex);
    });

    it("says so where the address pool is used up", async () => {
      const { config } = readConfig({ NETWORK_POOL: "10.9.0.0/24" });
      const tight = { ...context, config };
      await expect(create("No room", tight)).rejects.toMatchObject({ code: "address_pool_exhausted" });
    });
  });

  describe("rename", () => {
    it("changes the name and keeps the slug", async () => {
      const project = await create("Old name");
      await renameProject(context, { projectId: project.id, name: "New name" });
      expect(await getProject(context, project.id)).toMatchObject({ name: "New name", slug: "old-name" });
    });
  });

  describe("delete", () => {
    it("needs the name", async () => {
      const project = await create("Precious");
      await expect(deleteProject(context, { projectId: project.id, confirmation: "precious" })).rejects.toMatchObject({
        code: "invalid_input",
      });
      expect((await getProject(context, project.id)).deleting).toBe(false);
    });

    it("asks the worker for the end of every service, then of the project; a second time is a conflict", async () => {
      const { project, environment } = await makeProject(database.db, context.organizationId, { name: "Doomed" });
      const service = await makeService(database.db, { project, environment });
      await deleteProject(context, { projectId: project.id, confirmation: "Doomed" });

      const [row] = await database.db.select().from(services).where(eq(services.id, service.id));
      expect(row?.desiredState).toBe("deleted");
      const jobs = await readJobKeys(database.db);
      expect(jobs).toContain(`converge:${service.id}`);
      expect(jobs).toContain(`project:${project.id}`);
      expect((await getProject(context, project.id)).deleting).toBe(true);
      await expect(deleteProject(context, { projectId: project.id, confirmation: "Doomed" })).rejects.toMatchObject({
        code: "conflict",
      });
      await expect(renameProject(context, { projectId: project.id, name: "Back" })).rejects.toMatchObject({
        code: "conflict",
      });
    });
  });

  describe("list", () => {
    it("pages through all of them, once each, newest first, also where many were made in one moment", async () => {
      const owner = await makeOwnerContext(database.db);
      const createdAt = new Date("2026-01-01T00:00:00Z");
      for (let n = 0; n < 5; n++) await makeProject(database.db, owner.organizationId, { createdAt });
      for (let n = 0; n < 2; n++) await makeProject(database.db, owner.organizationId);

      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof listProjects>> = await listProjects(owner, {
          organizationId: owner.organizationId,
          limit: 3,
          cursor,
        });
        expect(page.items.length).toBeLessThanOrEqual(3);
        seen.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor;
      } while (cursor);
      const all = await database.db.select().from(projects).where(eq(projects.organizationId, owner.organizationId));
      expect(new Set(seen)).toEqual(new Set(all.map((row) => row.id)));
      expect(seen).toHaveLength(7);
    });

    it("counts services by their health", async () => {
      const owner = await makeOwnerContext(database.db);
      const place = await makeProject(database.db, owner.organizationId);
      await makeService(database.db, place);
      const failing = await makeService(database.db, place, { lastDeploymentNumber: 1 });
      const deployment = await makeDeployment(database.db, failing, { status: "live" });
      await database.db.update(services).set({ liveDeploymentId: deployment.id }).where(eq(services.id, failing.id));
      const { items } = await listProjects(owner, { organizationId: owner.organizationId, limit: 10 });
      expect(items).toMatchObject([{ serviceCount: 2, runningCount: 0, failingCount: 1 }]);
    });

    it("counts what each service's own page says", async () => {
      const owner = await makeOwnerContext(database.db);
      const place = await makeProject(database.db, owner.organizationId);
      const now = owner.clock.now().getTime();
      const seen = (releaseId: string, values: Partial<typeof instances.$inferInsert> = {}) => ({
        ...{
          name: newId("deployment"),
          releaseId,
          replica: 0,
          status: "running",
          observedAt: new Date(now),
          ...values,
        },
      });
      const justNow = { restartCount: 2, startedAt: new Date(now - 1_000) };
      const longAgo = { restartCount: 2, startedAt: new Date(now - 60_000) };
      const cases: [Partial<typeof services.$inferInsert>, (releaseId: string) => ReturnType<typeof seen>[]][] = [
        [{}, (id) => [seen(id)]],
        [{}, (id) => [seen(id), seen("dep_other")]],
        [{}, () => [seen("dep_other")]],
        [{}, (id) => [seen(id, { status: "exited" })]],
        [{}, (id) => [seen(id, justNow)]],
        [{}, (id) => [seen(id, longAgo)]],
        [{ desiredState: "stopped" }, (id) => [seen(id)]],
        [{ desiredState: "deleted" }, () => []],
      ];
      for (const status of ["failed", "building"] as const) {
        for (const [values, containers] of cases) {
          const service = await makeService(database.db, place, { ...values, lastDeploymentNumber: 2 });
          const live = await makeDeployment(database.db, service, { status: "live" });
          await makeDeployment(database.db, service, { number: 2, status });
          await database.db.update(services).set({ liveDeploymentId: live.id }).where(eq(services.id, service.id));
          const rows = containers(live.id).map((row) => ({ ...row, serviceId: service.id }));
          if (rows.length > 0) await database.db.insert(instances).values(rows);
        }
      }
      const page = await listServices(owner, { projectId: place.project.id, limit: 100 });
      const count = (...wanted: string[]) => page.items.filter(({ health }) => wanted.includes(health)).length;
      const { items } = await listProjects(owner, { organizationId: owner.organizationId, limit: 10 });
      expect(items).toMatchObject([
        {
          serviceCount: 16,
          runningCount: count("running"),
          failingCount: count("degraded", "restarting", "crashing", "down"),
        },
      ]);
      expect([count("running"), count("degraded", "restarting", "crashing", "down"), count("deploying")]).toEqual([
        3, 3, 6,
      ]);
    });

    it.each(["", "x", "W10", Buffer.from('["1","2"]').toString("base64url"), "💥"])(
      "refuses the cursor %j",
      async (cursor) => {
        await expect(
          listProjects(context, { organizationId: context.organizationId, limit: 3, cursor }),
        ).rejects.toMatchObject({ code: "invalid_input" });
      },
    );
  });
});
