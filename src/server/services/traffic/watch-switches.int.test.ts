/** What is kept of a switch: real requests through the real router, copied into a real database. */
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { WorkerContext } from "@/server/context";
import { deployments, services, trafficSamples, trafficSwitches } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment } from "@/testing/factories";
import { refusingEndpoint, startTestRouter, type TestRouter } from "@/testing/router";
import { createWorld, type World } from "@/testing/worker-world";
import { openSwitch } from "./open-switch";
import { summarizeSwitch } from "./summarize-switch";
import { lookAtSwitches } from "./watch-switches";

type Deployment = Awaited<ReturnType<typeof makeDeployment>>;

describeWithDatabase("what is kept of a switch of traffic", () => {
  let database: TestDatabase;
  let world: World;
  let router: TestRouter;
  let old: Deployment;
  let fresh: Deployment;
  let now: () => Date;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    world = await createWorld(database);
    router = await startTestRouter();
    now = () => new Date();
    const live = { status: "live" as const, liveAt: new Date(), imageReference: "helvetia/x:1" };
    old = await makeDeployment(world.db, world.service, { number: 1, ...live });
    fresh = await makeDeployment(world.db, world.service, { number: 2, ...live });
  });
  afterEach(async () => {
    await router.close();
    await world.tearDown();
  });

  const worker = (): WorkerContext => ({ ...world.worker(), edge: router.edge, clock: { now: () => now() } });
  const look = () => lookAtSwitches(worker());
  const rowOf = async ({ id }: Deployment) =>
    (await world.db.select().from(trafficSwitches).where(eq(trafficSwitches.deploymentId, id)))[0];
  const receiptOf = async (deployment: Deployment) => {
    const row = await rowOf(deployment);
    return row ? summarizeSwitch(world.db, row) : undefined;
  };

  /** `countFrom`: as if the switch had been watched from then on. */
  async function switchTo(
    live: Deployment,
    replaced: Deployment | undefined,
    countFrom?: Date,
    serviceSince = new Date(0),
  ): Promise<void> {
    const { db, service } = world;
    await db.transaction(async (tx) => {
      const guard = { ...(await guardOf()), enabled: false };
      await openSwitch(
        tx,
        {
          live: { ...live, releaseId: live.id },
          replaced: replaced && { ...replaced },
          guard,
          serviceSince,
          restarts: 0,
        },
        now(),
      );
      await tx.update(services).set({ liveDeploymentId: live.id }).where(eq(services.id, service.id));
    });
    if (countFrom) await db.update(trafficSwitches).set({ countFrom }).where(eq(trafficSwitches.deploymentId, live.id));
  }
  async function guardOf() {
    const row = await world.serviceRow();
    if (!row) throw new Error("no service");
    return row.guard;
  }

  const route = async (deployment: Deployment, endpoint = serving()) =>
    router.route([await endpoint], { serviceId: world.service.id, releaseId: deployment.id });
  const serving = () =>
    router.serve((request, response) => {
      response.statusCode = Number(request.url?.slice(1));
      response.end();
    });
  const ask = async (...statuses: number[]) => {
    for (const status of statuses) await router.ask({ path: `/${status}` });
  };

  it("counts both releases around it, and keeps the receipt when it is over", async () => {
    const countFrom = new Date(Date.now() + 1);
    await route(old);
    await ask(200, 200, 404, 500);
    await route(fresh);
    await switchTo(fresh, old, countFrom);
    await ask(200, 200, 503);
    await route(fresh, refusingEndpoint());
    await ask(200);
    await router.route([], { serviceId: world.service.id, state: "crashing" });
    await ask(200);
    await look();
    const before = { requests: 4, failed: 1, unanswered: 0, abandoned: 0 };
    const after = { requests: 5, failed: 3, unanswered: 2, abandoned: 0 };
    expect(await receiptOf(fresh)).toMatchObject({ before, after, ongoing: true, complete: false, gaps: [] });

    await look();
    expect(await receiptOf(fresh)).toMatchObject({ before, after });
    expect(await rowOf(fresh)).toMatchObject({ settledAt: null });
    // The next switch ends what is counted of this one.
    await route(old);
    await switchTo(old, fresh);
    await expect.poll(async () => (await look()) && (await rowOf(fresh))?.settledAt).toBeInstanceOf(Date);
    expect((await rowOf(fresh))?.traffic).toMatchObject({ before, after, complete: true, ongoing: false });
    await world.db.delete(trafficSamples);
    expect(await receiptOf(fresh)).toMatchObject({ before, after, complete: true });
  });

  it("says from when to when nothing was counted where the router was started in between", async () => {
    await switchTo(fresh, old, new Date(Date.now() + 1));
    await route(fresh);
    await ask(200, 200);
    await look();
    const seen = (await rowOf(fresh))?.countedUntil;
    const former = router;
    router = await startTestRouter();
    await route(fresh);
    await ask(200);
    await look();
    await former.close();
    const receipt = await receiptOf(fresh);
    expect(receipt).toMatchObject({ after: { requests: 3 }, complete: false });
    expect(receipt?.gaps).toEqual([{ from: seen?.toISOString(), until: expect.any(String), why: "router_restarted" }]);
    // One that began within the ten minutes knows nothing of those before.
    await switchTo(old, fresh);
    await look();
    expect((await receiptOf(old))?.gaps).toMatchObject([{ why: "router_restarted" }]);
  });

  it("misses nothing of the time before the service was created", async () => {
    const serviceSince = new Date(Date.now() - 60_000);
    await switchTo(fresh, old, undefined, serviceSince);
    expect(await rowOf(fresh)).toMatchObject({ countFrom: serviceSince });
    await switchTo(old, fresh, undefined, new Date(Date.now() + 60_000));
    const row = await rowOf(old);
    expect(row?.countFrom).toEqual(row?.switchedAt);
  });

  it("says so where the router cannot be read, and waits for it a while", async () => {
    await switchTo(fresh, old);
    await router.router.stop(0);
    expect(await look()).toMatchObject({ router: "away", serviceIds: new Set([world.service.id]) });
    now = () => new Date(Date.now() + 6 * 60_000);
    await look();
    expect(await rowOf(fresh)).toMatchObject({ settledAt: null });
    now = () => new Date(Date.now() + 20 * 60_000);
    await look();
    const row = await rowOf(fresh);
    expect(row?.settledAt).toBeInstanceOf(Date);
    expect(row?.traffic).toMatchObject({
      complete: false,
      gaps: [{ from: row?.countFrom.toISOString(), until: row?.countUntil.toISOString(), why: "router_unreachable" }],
    });
    router = await startTestRouter();
  });

  it("has no receipt of a router that does not count, rather than one of zeros", async () => {
    await switchTo(fresh, old);
    const context = { ...worker(), edge: world.edge };
    expect(await lookAtSwitches(context)).toMatchObject({ router: "cannot_tell" });
    now = () => new Date(Date.now() + 6 * 60_000);
    await lookAtSwitches({ ...worker(), edge: world.edge });
    expect(await rowOf(fresh)).toMatchObject({ traffic: null, settledAt: expect.any(Date) });
    expect(await receiptOf(fresh)).toBeNull();
  });

  it("asks the router for nothing but what is watched, and rests long where nothing is", async () => {
    expect((await look()).pauseMs).toBe(60_000);
    await switchTo(fresh, undefined);
    expect((await look()).pauseMs).toBe(10_000);
    expect(await receiptOf(fresh)).toMatchObject({ before: null });
    await world.db.delete(deployments).where(eq(deployments.id, fresh.id));
    expect((await look()).pauseMs).toBe(60_000);
  });
});
