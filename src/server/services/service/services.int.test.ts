import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CreateServiceInput, createServiceInput } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import { defaultGuard } from "@/domain/guard/guard-settings";
import type { OrganizationContext } from "@/server/context";
import { deployments, instances, services, variables } from "@/server/db/schema";
import { listProjects } from "@/server/services/project/list-projects";
import { setVariables } from "@/server/services/variable/set-variables";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment, makeProject, makeService, testCipher } from "@/testing/factories";
import { readAudit, readJobKeys } from "@/testing/read-effects";
import { makeOwnerContext } from "@/testing/service-context";
import { createService } from "./create-service";
import { deleteService } from "./delete-service";
import { getService } from "./get-service";
import { listOrganizationServices } from "./list-organization-services";
import { listServices } from "./list-services";
import { restartService } from "./restart-service";
import { startService } from "./start-service";
import { stopService } from "./stop-service";
import { updateService } from "./update-service";

describeWithDatabase("services", () => {
  let database: TestDatabase;
  let context: OrganizationContext;
  let place: { projectId: string; environmentId: string };
  beforeAll(async () => {
    database = await createTestDatabase();
    context = await makeOwnerContext(database.db);
    const { project, environment } = await makeProject(database.db, context.organizationId, { slug: "shop" });
    place = { projectId: project.id, environmentId: environment.id };
  });
  afterAll(() => database.drop());

  const source = { type: "git" as const, url: "https://git.example.com/a.git", branch: "main" };
  const input = (values: Partial<CreateServiceInput> & { name: string }) =>
    createServiceInput.parse({ ...place, source, build: {}, runtime: {}, ...values });
  const rowOf = async (id: string) => {
    const [row] = await database.db.select().from(services).where(eq(services.id, id));
    if (!row) throw new Error("no such service");
    return row;
  };
  /** A service with a live deployment whose single container runs. */
  async function makeLive() {
    const { project, environment } = await makeProject(database.db, context.organizationId);
    const service = await makeService(database.db, { project, environment }, { lastDeploymentNumber: 1 });
    const deployment = await makeDeployment(database.db, service, {
      status: "live",
      liveAt: new Date(),
      imageReference: "helvetia/x:1",
      imageId: "sha256:1",
    });
    await database.db.update(services).set({ liveDeploymentId: deployment.id }).where(eq(services.id, service.id));
    return { project, service, deployment };
  }

  describe("get", () => {
    it("shows health, containers and whether settings or variables changed since", async () => {
      const { service, deployment, project } = await makeLive();
      expect(await getService(context, service.id)).toMatchObject({
        health: "down",
        organizationId: context.organizationId,
        projectName: project.name,
        environmentName: "Production",
        liveDeployment: { id: deployment.id, number: 1, status: "live" },
        latestDeployment: { id: deployment.id },
        changedSinceLive: false,
        hasGitToken: false,
        url: `http://${service.platformHost}:8080`,
      });

      await database.db.insert(instances).values({
        name: `${deployment.id}-0`,
        serviceId: service.id,
        releaseId: deployment.id,
        replica: 0,
        status: "running",
        observedAt: new Date(),
      });
      const running = await getService(context, service.id);
      expect(running).toMatchObject({ health: "running", instances: [{ replica: 0, status: "running" }] });

      const runtime = { ...service.runtime, memoryMib: 256 };
      await updateService(context, { serviceId: service.id, runtime });
      expect(await getService(context, service.id)).toMatchObject({
        changedSinceLive: true,
        runtime: { memoryMib: 256 },
        liveRuntime: service.runtime,
        latestError: null,
      });
      await updateService(context, { serviceId: service.id, runtime: service.runtime });
      expect((await getService(context, service.id)).changedSinceLive).toBe(false);
      await setVariables(context, {
        serviceId: service.id,
        variables: [{ key: "A", value: "1", secret: false }],
        remove: [],
      });
      expect((await getService(context, service.id)).changedSinceLive).toBe(true);
    });

    it("says why the newest deployment failed", async () => {
      const { service } = await makeLive();
      const error = new AppError("build_failed", { details: { command: "npm run build", exitCode: 7 } }).toRecord();
      await makeDeployment(database.db, service, { number: 2, status: "failed", error });
      await database.db.update(services).set({ lastDeploymentNumber: 2 }).where(eq(services.id, service.id));
      expect(await getService(context, service.id)).toMatchObject({
        latestDeployment: { number: 2, status: "failed" },
        latestError: { code: "build_failed", message: error.message },
      });
    });

    it("says not_found for what is not there", async () => {
      await expect(getService(context, "svc_00000000000000000000")).rejects.toMatchObject({ code: "not_found" });
    });
  });

  describe("update", () => {
    it("changes what is given and leaves the rest; a token is kept, replaced or removed, and never shown", async () => {
      const { id } = await createService(context, input({ name: "Edited", gitToken: "one", deploy: false }));
      const before = await rowOf(id);
      await updateService(context, { serviceId: id, name: "Renamed" });
      expect(await rowOf(id)).toMatchObject({
        name: "Renamed",
        slug: "edited",
        platformHost: before.platformHost,
        source: before.source,
        gitTokenEncrypted: before.gitTokenEncrypted,
      });
      expect((await getService(context, id)).guard).toEqual(defaultGuard);
      const guard = { ...defaultGuard, enabled: false, maxP95Factor: 2 };
      await updateService(context, { serviceId: id, guard });
      expect((await getService(context, id)).guard).toEqual(guard);
      await updateService(context, { serviceId: id, gitToken: "two" });
      expect(testCipher.decrypt((await rowOf(id)).gitTokenEncrypted ?? "").reveal()).toBe("two");
      await updateService(context, { serviceId: id, gitToken: null });
      expect((await rowOf(id)).gitTokenEncrypted).toBeNull();
      expect(JSON.stringify(await readAudit(database.db, id))).not.toMatch(/"two"|v1\./);
    });
  });

  describe("stop, start, restart, delete", () => {
    it("says what is wanted and wakes the worker; wanting the same again changes nothing", async () => {
      const { service } = await makeLive();
      await stopService(context, service.id);
      await stopService(context, service.id);
      expect((await getService(context, service.id)).health).toBe("stopped");
      expect(await readJobKeys(database.db)).toContain(`converge:${service.id}`);
      expect((await readAudit(database.db, service.id)).map((entry) => entry.action)).toEqual(["service.stop"]);
      await startService(context, service.id);
      expect((await rowOf(service.id)).desiredState).toBe("running");
    });

    it("restarts as a deployment of its own, with the live one's image and a release of its own", async () => {
      const { service, deployment } = await makeLive();
      const restarted = await restartService(context, service.id);
      const [row] = await database.db.select().from(deployments).where(eq(deployments.id, restarted.id));
      expect(row).toMatchObject({
        number: 2,
        releaseId: restarted.id,
        rollbackOfId: null,
        imageReference: deployment.imageReference,
        environmentEncrypted: deployment.environmentEncrypted,
      });
    });

    it("has nothing to restart before the first deployment, and makes no number for it", async () => {
      const { id } = await createService(context, input({ name: "Fresh", deploy: false }));
      await expect(restartService(context, id)).rejects.toMatchObject({ code: "conflict" });
      expect((await rowOf(id)).lastDeploymentNumber).toBe(0);
    });

    it("deletes after its name was typed; then every change is a conflict", async () => {
      const { id } = await createService(context, input({ name: "Gone soon", deploy: false }));
      await expect(deleteService(context, { serviceId: id, confirmation: "gone" })).rejects.toMatchObject({
        code: "invalid_input",
      });
      await deleteService(context, { serviceId: id, confirmation: "Gone soon" });
      expect((await getService(context, id)).health).toBe("deleting");
      const changes = [
        () => deleteService(context, { serviceId: id, confirmation: "Gone soon" }),
        () => stopService(context, id),
        () => startService(context, id),
        () => restartService(context, id),
        () => updateService(context, { serviceId: id, name: "Other" }),
        () => setVariables(context, { serviceId: id, variables: [], remove: ["A"] }),
      ];
      for (const change of changes) await expect(change()).rejects.toMatchObject({ code: "conflict" });
      expect(await database.db.$count(variables, eq(variables.serviceId, id))).toBe(0);
    });
  });

  describe("list", () => {
    it("pages through the services of a project, and of all projects of the organization alone", async () => {
      const owner = await makeOwnerContext(database.db);
      const first = await makeProject(database.db, owner.organizationId, { name: "First" });
      const second = await makeProject(database.db, owner.organizationId);
      for (let n = 0; n < 3; n++) await makeService(database.db, first);
      for (let n = 0; n < 4; n++) await makeService(database.db, second);

      const inFirst = await readAll((cursor) => listServices(owner, { projectId: first.project.id, limit: 2, cursor }));
      expect(inFirst).toHaveLength(3);
      const everywhere = await readAll((cursor) =>
        listOrganizationServices(owner, { organizationId: owner.organizationId, limit: 3, cursor }),
      );
      expect(everywhere).toHaveLength(7);
      expect(new Set(everywhere.map((service) => service.id)).size).toBe(7);
      expect(everywhere.at(-1)).toMatchObject({ projectName: "First", health: "not-deployed" });
    });

    it("finds by a part of the name, in whatever case, and takes signs of patterns as they are", async () => {
      const owner = await makeOwnerContext(database.db);
      const place = await makeProject(database.db, owner.organizationId, { name: "Shop" });
      for (const name of ["Web front", "web_worker", "100% cotton"]) await makeService(database.db, place, { name });
      const inProject = async (search: string) =>
        (await listServices(owner, { projectId: place.project.id, limit: 10, search })).items.map(({ name }) => name);
      expect((await inProject("WEB")).sort()).toEqual(["Web front", "web_worker"]);
      expect(await inProject("b_w")).toEqual(["web_worker"]);
      expect(await inProject("%")).toEqual(["100% cotton"]);
      expect(await inProject("\\")).toEqual([]);

      const { organizationId } = owner;
      const anywhere = async (search: string) =>
        (await listOrganizationServices(owner, { organizationId, limit: 10, search })).items.length;
      expect([await anywhere("shop"), await anywhere("front"), await anywhere("none")]).toEqual([3, 1, 0]);
      const projects = await listProjects(owner, { organizationId, limit: 10, search: "HO" });
      expect(projects.items.map(({ name }) => name)).toEqual(["Shop"]);
      expect((await listProjects(owner, { organizationId, limit: 10, search: "x" })).items).toEqual([]);
    });
  });
});

type Page<Item> = { items: Item[]; nextCursor: string | null };

async function readAll<Item>(read: (cursor: string | null) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}
