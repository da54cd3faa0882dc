import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DeploymentStatus } from "@/domain/deployment/status";
import type { OrganizationContext } from "@/server/context";
import { deployments, phases, services } from "@/server/db/schema";
import { setVariables } from "@/server/services/variable/set-variables";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment, makeProject, makeService, testCipher } from "@/testing/factories";
import { readAudit, readJobKeys } from "@/testing/read-effects";
import { makeOwnerContext } from "@/testing/service-context";
import { cancelDeployment } from "./cancel-deployment";
import { createDeployment } from "./create-deployment";
import { thawEnvironment } from "./frozen-environment";
import { getDeployment } from "./get-deployment";
import { listDeployments } from "./list-deployments";
import { rollbackDeployment } from "./rollback-deployment";

type Service = Awaited<ReturnType<typeof makeService>>;
type Values = Parameters<typeof makeDeployment>[2];

describeWithDatabase("deployments", () => {
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

  const rowOf = async (id: string) => {
    const [row] = await database.db.select().from(deployments).where(eq(deployments.id, id));
    if (!row) throw new Error("no such deployment");
    return row;
  };
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

  describe("create", () => {
    it("freezes settings and variables: later changes do not reach it", async () => {
      const variable = (value: string) => [{ key: "MODE", value, secret: true }];
      await setVariables(context, { serviceId: service.id, variables: variable("before"), remove: [] });
      const { id, number } = await createDeployment(context, { serviceId: service.id, trigger: "manual" });
      await setVariables(context, { serviceId: service.id, variables: variable("after"), remove: [] });
      const row = await rowOf(id);
      expect(row).toMatchObject({ number: 1, status: "queued", snapshot: { hosts: [service.platformHost] } });
      expect(number).toBe(1);
      expect(row.environmentEncrypted).not.toContain("before");
      expect(thawEnvironment(testCipher, row.environmentEncrypted)).toEqual([
        { key: "MODE", value: "before", secret: true },
      ]);
      expect(await database.db.select().from(phases).where(eq(phases.deploymentId, id))).toMatchObject([
        { phase: "queued", finishedAt: null },
      ]);
      expect(await readJobKeys(database.db)).toContain(`deployment:${id}`);
      expect(await readAudit(database.db, id)).toMatchObject([{ action: "deployment.create" }]);
    });

    it("numbers without gaps or twins when many ask at once", async () => {
      const made = await Promise.all(
        Array.from({ length: 10 }, () => createDeployment(context, { serviceId: service.id, trigger: "manual" })),
      );
      expect(made.map((deployment) => deployment.number).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 10 }, (_, n) => n + 1),
      );
    });

    it("wakes a stopped service, and refuses one that is being deleted", async () => {
      const want = (desiredState: "stopped" | "deleted") =>
        database.db.update(services).set({ desiredState }).where(eq(services.id, service.id));
      await want("stopped");
      await createDeployment(context, { serviceId: service.id, trigger: "manual" });
      const [row] = await database.db.select().from(services).where(eq(services.id, service.id));
      expect(row?.desiredState).toBe("running");
      await want("deleted");
      await expect(createDeployment(context, { serviceId: service.id, trigger: "manual" })).rejects.toMatchObject({
        code: "conflict",
      });
    });
  });

  describe("cancel", () => {
    it.each(["fetching", "building", "releasing", "verifying", "routing"] as const)(
      "asks for the end in %s",
      async (status) => {
        const { id } = await make({ status });
        await cancelDeployment(context, id);
        const asked = await rowOf(id);
        expect(asked.cancelRequestedAt).toBeInstanceOf(Date);
        expect(asked.status).toBe(status);
        expect(await readJobKeys(database.db)).toContain(`deployment:${id}`);
        // Asking again is one request: the time and the trail stay.
        await cancelDeployment(context, id);
        expect((await rowOf(id)).cancelRequestedAt).toEqual(asked.cancelRequestedAt);
        expect(await readAudit(database.db, id)).toHaveLength(1);
      },
    );

    it("ends one that waits at once, whatever its worker is busy with", async () => {
      const { id } = await make({ status: "queued" });
      await database.db.insert(phases).values({ deploymentId: id, phase: "queued", startedAt: new Date() });
      await cancelDeployment(context, id);
      const view = await getDeployment(context, id);
      expect(view).toMatchObject({
        status: "cancelled",
        canCancel: false,
        waiting: null,
        finishedAt: expect.any(Date),
        phases: [{ phase: "queued", outcome: "cancelled", finishedAt: expect.any(Date) }],
      });
      await cancelDeployment(context, id);
      expect(await readAudit(database.db, id)).toHaveLength(1);
    });

    it.each(["live", "failed", "cancelled", "superseded", "retired"] as const)("is too late in %s", async (status) => {
      const { id } = await make({ status });
      await expect(cancelDeployment(context, id)).rejects.toMatchObject({ code: "conflict" });
      expect((await rowOf(id)).cancelRequestedAt).toBeNull();
    });
  });

  describe("rollback", () => {
    it("takes over image, settings, variables and release of that time", async () => {
      const target = await make({
        ...kept,
        status: "retired",
        environmentEncrypted: testCipher.encrypt(JSON.stringify([{ key: "OLD", value: "1", secret: false }])),
        commitSha: "a".repeat(40),
      });
      await make({ ...kept, status: "live" });
      await setVariables(context, {
        serviceId: service.id,
        variables: [{ key: "NEW", value: "1", secret: false }],
        remove: [],
      });
      const { id, number } = await rollbackDeployment(context, target.id);
      expect(number).toBe(3);
      expect(await rowOf(id)).toMatchObject({
        trigger: "rollback",
        status: "queued",
        rollbackOfId: target.id,
        releaseId: target.id,
        environmentEncrypted: target.environmentEncrypted,
        imageReference: kept.imageReference,
        imageId: kept.imageId,
        commitSha: "a".repeat(40),
        buildSkipped: "rollback",
      });
      expect(await readAudit(database.db, id)).toMatchObject([{ action: "deployment.rollback" }]);
    });

    it("refuses the live one, and one whose release is live by a rollback already", async () => {
      const first = await make({ ...kept, status: "retired" });
      const live = await make({ ...kept, status: "live", releaseId: first.id });
      for (const id of [live.id, first.id]) {
        await expect(rollbackDeployment(context, id)).rejects.toMatchObject({ code: "conflict" });
      }
    });

    it("refuses one that was never live, and one whose image is gone; neither costs a number", async () => {
      const failed = await make({ status: "failed" });
      const gone = await make({ status: "retired", liveAt: new Date() });
      await expect(rollbackDeployment(context, failed.id)).rejects.toMatchObject({ code: "conflict" });
      await expect(rollbackDeployment(context, gone.id)).rejects.toMatchObject({ code: "image_gone" });
      const [row] = await database.db.select().from(services).where(eq(services.id, service.id));
      expect(row?.lastDeploymentNumber).toBe(2);
    });
  });

  describe("get and list", () => {
    it("shows the timeline in its order, names of variables and no values, and what may be done", async () => {
      const { id } = await make({
        status: "building",
        environmentEncrypted: testCipher.encrypt(JSON.stringify([{ key: "TOKEN", value: "hunter2", secret: true }])),
        createdByUserId: context.actor.type === "user" ? context.actor.userId : null,
        commitMessage: "Fix it",
      });
      const startedAt = new Date();
      await database.db.insert(phases).values([
        { deploymentId: id, phase: "building", startedAt },
        { deploymentId: id, phase: "queued", startedAt, finishedAt: startedAt, outcome: "done" },
        { deploymentId: id, phase: "fetching", startedAt, finishedAt: startedAt, outcome: "done" },
      ]);
      const view = await getDeployment(context, id);
      expect(view).toMatchObject({
        status: "building",
        createdBy: "Ada",
        branch: "main",
        canCancel: true,
        canRollback: false,
        isLive: false,
        environmentKeys: ["TOKEN"],
        phases: [{ phase: "queued" }, { phase: "fetching" }, { phase: "building", finishedAt: null }],
      });
      expect(JSON.stringify(view)).not.toContain("hunter2");
      await cancelDeployment(context, id);
      expect(await getDeployment(context, id)).toMatchObject({ canCancel: false, cancelRequested: true });
    });

    it("pages by number, newest first, and tells the live one from the others", async () => {
      const first = await make({ ...kept, status: "retired" });
      const live = await make({ ...kept, status: "live" });
      const last = await make({ status: "failed", supersededById: live.id });
      const page = await listDeployments(context, { serviceId: service.id, limit: 2 });
      expect(page.items).toMatchObject([
        { id: last.id, number: 3, isLive: false, canRollback: false, supersededBy: { id: live.id, number: 2 } },
        { id: live.id, number: 2, isLive: true, canRollback: false },
      ]);
      const rest = await listDeployments(context, { serviceId: service.id, limit: 2, cursor: page.nextCursor });
      expect(rest).toMatchObject({ items: [{ id: first.id, canRollback: true }], nextCursor: null });
    });

    it.each(["", "x", "-1", "1.5", "99999999999999"])("refuses the cursor %j", async (cursor) => {
      await expect(listDeployments(context, { serviceId: service.id, limit: 2, cursor })).rejects.toMatchObject({
        code: "invalid_input",
      });
    });
  });
});
