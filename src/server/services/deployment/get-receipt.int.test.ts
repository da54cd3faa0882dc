import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { DeploymentPhase } from "@/domain/deployment/status";
import { defaultGuard } from "@/domain/guard/guard-settings";
import { backendName } from "@/domain/naming";
import { bucketStart } from "@/domain/traffic/bucket";
import { phases, trafficSamples, trafficSwitches } from "@/server/db/schema";
import { openSwitch } from "@/server/services/traffic/open-switch";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment, makeOrganization, makeProject, makeService } from "@/testing/factories";
import { makeServiceContext } from "@/testing/service-context";
import { getReceipt } from "./get-receipt";

const createdAt = new Date("2026-03-01T12:00:00Z");
const after = (ms: number) => new Date(createdAt.getTime() + ms);

describeWithDatabase("getReceipt", () => {
  let database: TestDatabase;
  let service: Awaited<ReturnType<typeof makeService>>;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    const { db } = database;
    service = await makeService(db, await makeProject(db, (await makeOrganization(db)).id));
  });

  const receipt = (id: string) => getReceipt(makeServiceContext(database.db), id);

  /** Live so long after its trigger; `built`: what its build took, null where it was skipped. */
  async function deployed(number: number, liveMs: number, built: number | null, change = {}) {
    const { db } = database;
    const row = await makeDeployment(db, service, {
      ...{ number, status: "retired", createdAt, liveAt: after(liveMs), imageReference: "helvetia/x:1" },
      buildSkipped: built === null ? ("content" as const) : null,
      ...change,
    });
    const phase = (name: DeploymentPhase, ms: number | null) => ({
      ...{ deploymentId: row.id, phase: name, startedAt: createdAt, finishedAt: after(ms ?? 0) },
      outcome: ms === null ? ("skipped" as const) : ("done" as const),
    });
    await db.insert(phases).values([phase("fetching", 100), phase("building", built)]);
    return row;
  }

  it("compares each phase with the last ten deployments that went live", async () => {
    await deployed(1, 1_000_000, 1_000_000);
    for (let number = 2; number <= 10; number += 1) await deployed(number, number * 1000, number * 100);
    await deployed(11, 500, null);
    await deployed(12, 0, 99_000, { status: "failed", liveAt: null });
    const { id } = await deployed(13, 3_000, 200, { imageSizeBytes: 1024, buildSteps: 5, cachedBuildSteps: 3 });
    const made = await receipt(id);
    expect(made.phases).toEqual([
      { phase: "fetching", ms: 100, medianMs: 100, comparedWith: 10 },
      { phase: "building", ms: 200, medianMs: 600, comparedWith: 9 },
    ]);
    expect(made.total).toEqual({ ms: 3000, medianMs: 6000, comparedWith: 9 });
    expect(made).toMatchObject({ image: { sizeBytes: 1024 }, buildSteps: { total: 5, cached: 3 }, switch: null });
  });

  it("has nothing to compare a first deployment with, and no time for what was skipped", async () => {
    const { id } = await deployed(1, 700, null);
    expect(await receipt(id)).toMatchObject({
      phases: [
        { phase: "fetching", medianMs: null, comparedWith: 0 },
        { phase: "building", ms: null },
      ],
      total: { ms: 700, medianMs: null, comparedWith: 0 },
      buildSteps: null,
      buildSkipped: "content",
    });
  });

  it("tells of the switch: whom it replaced, what was counted, and what the guard did", async () => {
    const { db } = database;
    const old = await deployed(1, 1000, 100);
    const fresh = await deployed(2, 1000, 100);
    const back = await deployed(3, 1000, null);
    const now = after(60_000);
    await db.transaction((tx) =>
      openSwitch(
        tx,
        {
          live: { ...fresh, trigger: "manual" },
          replaced: old,
          guard: defaultGuard,
          serviceSince: new Date(0),
          restarts: 0,
        },
        now,
      ),
    );
    expect((await receipt(fresh.id)).switch).toMatchObject({
      replaced: { id: old.id, number: 1 },
      traffic: null,
      settled: false,
      guard: { until: new Date(now.getTime() + 300_000), verdict: null, wentBackBy: null },
    });
    await db.insert(trafficSamples).values({
      ...{ serviceId: service.id, backend: backendName(fresh.id), startsAt: bucketStart(now), countedBy: "run" },
      ...{ requests: 7, failed: 2, unanswered: 1, abandoned: 0, latency: [[9, 10, 7]] },
    });
    const tripped = { type: "tripped" as const, at: now.toISOString(), cause: "errors" as const, reason: "2 of 7" };
    await db
      .update(trafficSwitches)
      .set({ countedUntil: now, countedBy: "run", verdict: { ...tripped, deploymentId: back.id } })
      .where(eq(trafficSwitches.deploymentId, fresh.id));
    expect((await receipt(fresh.id)).switch).toMatchObject({
      traffic: { before: { requests: 0 }, after: { requests: 7, failed: 2, p95: { toMs: 10 } }, ongoing: true },
      guard: { verdict: { reason: "2 of 7" }, wentBackBy: { id: back.id, number: 3 } },
    });
  });

  it("is not there for a deployment that is not there", async () => {
    await expect(receipt("dep_none")).rejects.toMatchObject({ code: "not_found" });
  });
});
