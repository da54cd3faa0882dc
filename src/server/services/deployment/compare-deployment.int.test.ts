import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DeploymentStatus } from "@/domain/deployment/status";
import type { OrganizationContext } from "@/server/context";
import { deployments, services } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment, makeProject, makeService, testCipher } from "@/testing/factories";
import { makeOwnerContext } from "@/testing/service-context";
import { compareDeployment } from "./compare-deployment";

type Service = Awaited<ReturnType<typeof makeService>>;
type Values = Parameters<typeof makeDeployment>[2];

describeWithDatabase("compareDeployment", () => {
  let database: TestDatabase;
  let context: OrganizationContext;
  let service: Service;
  beforeAll(async () => {
    database = await createTestDatabase();
    context = await makeOwnerContext(database.db);
  });
  beforeEach(async () => {
    service = await makeService(database.db, await makeProject(database.db, context.organizationId));
  });
  afterAll(() => database.drop());

  const kept = { imageReference: "helvetia/x:1", imageId: "sha256:1", buildKey: "k", liveAt: new Date() };
  /** A deployment of the service with the next number; `live` moves the service's pointer to it. */
  async function make(values: Values & { status: DeploymentStatus }) {
    const number = (await database.db.$count(deployments, eq(deployments.serviceId, service.id))) + 1;
    const deployment = await makeDeployment(database.db, service, { number, ...values });
    await database.db
      .update(services)
      .set({ lastDeploymentNumber: number, ...(values.status === "live" && { liveDeploymentId: deployment.id }) })
      .where(eq(services.id, service.id));
    return deployment;
  }

  describe("difference", () => {
    const environment = (value: string) => testCipher.encrypt(JSON.stringify([{ key: "A", value, secret: true }]));

    it("compares with the last one before that was live, and shows no values", async () => {
      const before = await make({ ...kept, status: "live", environmentEncrypted: environment("old-value") });
      await make({ status: "failed" });
      const { id } = await make({
        status: "failed",
        environmentEncrypted: environment("new-value"),
        snapshot: {
          source: service.source,
          build: service.build,
          runtime: { ...service.runtime, replicas: 3 },
          hosts: [],
        },
      });
      const difference = await compareDeployment(context, id);
      expect(difference).toEqual({
        comparedWith: { id: before.id, number: 1 },
        commits: [],
        files: [],
        settings: [{ field: "Replicas", before: "1", after: "3" }],
        variables: [{ key: "A", change: "changed" }],
      });
      // Over, so it is remembered: the same answer without the row it was compared with.
      await database.db.delete(deployments).where(eq(deployments.id, before.id));
      expect(await compareDeployment(context, id)).toEqual(difference);
    });

    it("shows the commits and files that the worker found, and nothing for the first one", async () => {
      const first = await make({ ...kept, status: "live" });
      expect(await compareDeployment(context, first.id)).toMatchObject({ comparedWith: null, settings: [] });
      const commits = [
        { sha: "b".repeat(40), message: "Change", authorName: "Ada", authoredAt: "2026-01-01T00:00:00Z" },
      ];
      const files = [{ path: "a.txt", change: "modified" as const }];
      const { id } = await make({ status: "building", changes: { comparedWithId: first.id, commits, files } });
      expect(await compareDeployment(context, id)).toMatchObject({ comparedWith: { number: 1 }, commits, files });
    });
  });
});
