import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CreateServiceInput, createServiceInput } from "@/contracts/service";
import { defaultHealth } from "@/domain/health/health-settings";
import type { OrganizationContext } from "@/server/context";
import { deployments, services } from "@/server/db/schema";
import { thawEnvironment } from "@/server/services/deployment/frozen-environment";
import { createProject } from "@/server/services/project/create-project";
import { deleteProject } from "@/server/services/project/delete-project";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeProject, testCipher } from "@/testing/factories";
import { readAudit, readJobKeys } from "@/testing/read-effects";
import { makeOwnerContext } from "@/testing/service-context";
import { createService } from "./create-service";

describeWithDatabase("createService", () => {
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
  describe("create", () => {
    it("fills in the instance's defaults, makes host, variables and the first deployment in one go", async () => {
      const made = await createService(
        context,
        input({
          name: "Web",
          gitToken: "s3cret-token",
          variables: [
            { key: "PLAIN", value: "1", secret: false },
            { key: "SECRET", value: "2", secret: true },
          ],
        }),
      );
      const row = await rowOf(made.id);
      expect(row).toMatchObject({
        slug: "web",
        platformHost: "web-shop.localhost",
        desiredState: "running",
        lastDeploymentNumber: 1,
        runtime: {
          port: null,
          health: defaultHealth,
          memoryMib: 512,
          cpuMillis: 1000,
          replicas: 1,
          readOnlyRoot: false,
        },
      });
      expect(row.gitTokenEncrypted).not.toContain("s3cret-token");
      expect(testCipher.decrypt(row.gitTokenEncrypted ?? "").reveal()).toBe("s3cret-token");

      const [deployment] = await database.db.select().from(deployments).where(eq(deployments.serviceId, made.id));
      expect(deployment).toMatchObject({
        id: made.deployment?.id,
        number: 1,
        status: "queued",
        trigger: "manual",
        releaseId: made.deployment?.id,
        gitTokenEncrypted: row.gitTokenEncrypted,
        snapshot: { source: { ...source, rootDirectory: "" }, hosts: ["web-shop.localhost"] },
      });
      expect(thawEnvironment(testCipher, deployment?.environmentEncrypted ?? "")).toEqual([
        { key: "PLAIN", value: "1", secret: false },
        { key: "SECRET", value: "2", secret: true },
      ]);
      expect(await readJobKeys(database.db)).toContain(`deployment:${made.deployment?.id}`);
      const trail = JSON.stringify(await readAudit(database.db, made.id));
      expect(trail).toContain("service.create");
      expect(trail).not.toContain("s3cret-token");
    });

    it("deploys nothing where that is not wanted", async () => {
      const made = await createService(context, input({ name: "Later", deploy: false }));
      expect(made.deployment).toBeNull();
      expect(await database.db.$count(deployments, eq(deployments.serviceId, made.id))).toBe(0);
    });

    it("refuses a name that is taken in the environment, and leaves nothing behind", async () => {
      await createService(context, input({ name: "Twin" }));
      const before = await database.db.$count(services);
      await expect(createService(context, input({ name: "twin!" }))).rejects.toMatchObject({ code: "name_taken" });
      expect(await database.db.$count(services)).toBe(before);
    });

    it("finds a host of its own where another service has the same", async () => {
      // "a" of "b-c" and "a-b" of "c" make the same name.
      const first = await createProject(context, { organizationId: context.organizationId, name: "b-c" });
      const second = await createProject(context, { organizationId: context.organizationId, name: "c" });
      const environmentOf = (project: typeof first) => project.environments[0]?.id ?? "";
      const one = await createService(
        context,
        input({ name: "a", projectId: first.id, environmentId: environmentOf(first), deploy: false }),
      );
      const two = await createService(
        context,
        input({ name: "a-b", projectId: second.id, environmentId: environmentOf(second), deploy: false }),
      );
      expect((await rowOf(one.id)).platformHost).toBe("a-b-c.localhost");
      expect((await rowOf(two.id)).platformHost).toMatch(/^[0-9a-f]{4}-a-b-c\.localhost$/);
    });

    it("refuses the environment of another project", async () => {
      const other = await makeProject(database.db, context.organizationId);
      await expect(
        createService(context, input({ name: "Stray", environmentId: other.environment.id })),
      ).rejects.toMatchObject({ code: "not_found" });
    });

    it("refuses a project that is being deleted", async () => {
      const doomed = await makeProject(database.db, context.organizationId, { name: "Doomed" });
      await deleteProject(context, { projectId: doomed.project.id, confirmation: "Doomed" });
      await expect(
        createService(
          context,
          input({ name: "Late", projectId: doomed.project.id, environmentId: doomed.environment.id }),
        ),
      ).rejects.toMatchObject({ code: "conflict" });
    });

    it.each([
      ["--upload-pack=touch /tmp/x", "main"],
      ["ext::sh -c id", "main"],
      ["https://user:token@git.example.com/a.git", "main"],
      ["file:///etc", "main"],
      ["https://git.example.com/a.git", "--output=/tmp/x"],
      ["https://git.example.com/a.git", "a..b"],
      ["https://git.example.com/a.git", "a b"],
      ["https://git.example.com/a.git\nhttps://x", "main"],
    ])("refuses hostile sources: %j %j", (url, branch) => {
      expect(
        createServiceInput.safeParse({ ...input({ name: "x" }), source: { ...source, url, branch } }).success,
      ).toBe(false);
    });
  });
});
