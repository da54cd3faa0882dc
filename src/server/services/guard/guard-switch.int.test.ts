/** What the guard does and does not do, on a real database; what it measures is written into the tables by hand. */
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { defaultGuard, type GuardSettings } from "@/domain/guard/guard-settings";
import { backendName } from "@/domain/naming";
import { bucketStart } from "@/domain/traffic/bucket";
import { deployments, instances, serviceEvents, services, trafficSamples, trafficSwitches } from "@/server/db/schema";
import { openSwitch } from "@/server/services/traffic/open-switch";
import { lookAtSwitches } from "@/server/services/traffic/watch-switches";
import { dieAtEverySideEffect } from "@/testing/crash";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment } from "@/testing/factories";
import { createWorld, type World } from "@/testing/worker-world";

type Trigger = "manual" | "rollback" | "guard";

describeWithDatabase("the guard", () => {
  let database: TestDatabase;
  let world: World;
  let now: number;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    world = await createWorld(database);
    now = Date.now();
  });
  afterEach(() => world.tearDown());

  const worker = () => ({ ...world.worker(), clock: { now: () => new Date(now) } });
  const look = () => lookAtSwitches(worker());
  const verdictOf = async (id: string) =>
    (await world.db.select().from(trafficSwitches).where(eq(trafficSwitches.deploymentId, id)))[0]?.verdict;
  const madeByGuard = async () => (await world.deployments()).filter((one) => one.trigger === "guard");

  /** The second of two deployments has just replaced the first. */
  async function switched(options: { trigger?: Trigger; guard?: Partial<GuardSettings>; keptImage?: boolean } = {}) {
    const { db, service } = world;
    const { trigger = "manual", keptImage = true } = options;
    const old = await makeDeployment(db, service, {
      ...{ number: 1, status: "retired", liveAt: new Date(now) },
      imageReference: keptImage ? "helvetia/x:1" : null,
    });
    const live = { number: 2, trigger, status: "live" as const, liveAt: new Date(now), imageReference: "helvetia/x:2" };
    const fresh = await makeDeployment(db, service, live);
    const guard = { ...defaultGuard, ...options.guard };
    await db.transaction(async (tx) => {
      await openSwitch(
        tx,
        { live: fresh, replaced: old, guard, serviceSince: new Date(0), restarts: 1 },
        new Date(now),
      );
      await tx
        .update(services)
        .set({ liveDeploymentId: fresh.id, lastDeploymentNumber: 2 })
        .where(eq(services.id, service.id));
    });
    return { old, fresh };
  }

  /** So many requests in the ten seconds that hold this moment. */
  async function counted(deployment: { id: string }, at: number, requests: number, failed: number) {
    const startsAt = bucketStart(new Date(at));
    await world.db.insert(trafficSamples).values({
      ...{ serviceId: world.service.id, backend: backendName(deployment.id), startsAt, countedBy: "test" },
      ...{ requests, failed, unanswered: 0, abandoned: 0, latency: [] },
    });
  }

  async function failing({ old, fresh }: Awaited<ReturnType<typeof switched>>) {
    await counted(old, now - 20_000, 100, 0);
    for (const second of [0, 10, 20]) await counted(fresh, now + second * 1000, 100, 100);
    now += 30_000;
  }

  it("goes back once, however many workers look", async () => {
    const both = await switched();
    await failing(both);
    await Promise.all([look(), look(), look()]);
    await look();
    const [back, ...others] = await madeByGuard();
    expect(others).toEqual([]);
    expect(back).toMatchObject({ status: "queued", number: 3, rollbackOfId: both.old.id, releaseId: both.old.id });
    expect(await verdictOf(both.fresh.id)).toMatchObject({ type: "tripped", cause: "errors", deploymentId: back?.id });
    const events = await world.db.select().from(serviceEvents);
    expect(events).toMatchObject([{ kind: "rolled_back", details: { deploymentId: back?.id, reason: back?.reason } }]);
  });

  it("is done by the next worker where one dies, whatever it had done by then", async () => {
    const deaths = await dieAtEverySideEffect(async (life) => {
      await world.tearDown();
      world = await createWorld(database);
      now = Date.now();
      const { old, fresh } = await switched();
      const counts = { unanswered: 0, abandoned: 0, latency: [] };
      const bucket = (of: { id: string }, second: number, failed: number) => ({
        ...{ backend: backendName(of.id), startsAt: bucketStart(new Date(now + second * 1000)), requests: 100, failed },
        ...counts,
      });
      const buckets = [bucket(old, -20, 0), bucket(fresh, 0, 100), bucket(fresh, 10, 100), bucket(fresh, 20, 100)];
      const startedAt = new Date(now - 3_600_000);
      now += 30_000;
      const times = { startedAt, countedSince: startedAt, readAt: new Date(now) };
      world.edge.reading = { countedBy: "run", ...times, buckets, rereadWithinMs: null };
      await lookAtSwitches({ ...world.worker(life), clock: { now: () => new Date(now) } }).catch((error: unknown) => {
        if (!life.isOver) throw error;
      });
      await look();
      expect(await madeByGuard()).toMatchObject([{ number: 3, releaseId: old.id }]);
      expect(await verdictOf(fresh.id)).toMatchObject({ type: "tripped", cause: "errors" });
      expect(await world.db.select().from(serviceEvents)).toHaveLength(1);
      expect(await world.db.select().from(trafficSamples)).toHaveLength(4);
    }, 2);
    process.stdout.write(`guard: ${deaths} deaths survived\n`);
  });

  it("holds still while a newer deployment is on its way, and does what it must if that does not help", async () => {
    const both = await switched();
    await failing(both);
    const cure = await world.deploy();
    await look();
    expect(await madeByGuard()).toEqual([]);
    expect(await verdictOf(both.fresh.id)).toBeNull();
    await world.db.update(deployments).set({ status: "failed" }).where(eq(deployments.id, cure));
    await look();
    expect(await madeByGuard()).toHaveLength(1);
  });

  it("leaves alone what is no longer live, or stopped", async () => {
    const both = await switched();
    await failing(both);
    await world.db.update(services).set({ desiredState: "stopped" }).where(eq(services.id, world.service.id));
    await look();
    expect(await madeByGuard()).toEqual([]);
    expect(await verdictOf(both.fresh.id)).toMatchObject({ type: "ended" });
    expect(await world.serviceRow()).toMatchObject({ desiredState: "stopped" });
  });

  it.each([
    ["where it is switched off", { guard: { enabled: false } }],
    ["after a person went back", { trigger: "rollback" as const }],
    ["after it went back itself", { trigger: "guard" as const }],
  ])("does not watch %s", async (_, options) => {
    const both = await switched(options);
    await failing(both);
    await look();
    expect((await world.deployments()).length).toBe(2);
    expect(await verdictOf(both.fresh.id)).toBeNull();
  });

  it("says after its window whether there was enough to compare", async () => {
    const quiet = await switched({ guard: { windowSeconds: 60 } });
    now += 61_000;
    await look();
    expect(await verdictOf(quiet.fresh.id)).toMatchObject({ type: "passed", compared: false });
  });

  it("counts restarts since the switch, not those that a release kept warm had before", async () => {
    const { fresh } = await switched();
    const instance = { name: "web-0", serviceId: world.service.id, releaseId: fresh.id, replica: 0, status: "running" };
    await world.db.insert(instances).values({ ...instance, restartCount: 3, observedAt: new Date(now) });
    await look();
    expect(await verdictOf(fresh.id)).toBeNull();
    await world.db.update(instances).set({ restartCount: 4 });
    await look();
    expect(await verdictOf(fresh.id)).toMatchObject({ type: "tripped", cause: "crash_loop" });
    expect(await madeByGuard()).toHaveLength(1);
  });

  it("says that it can do nothing where the former image is gone", async () => {
    const both = await switched({ keptImage: false });
    await failing(both);
    await look();
    expect(await madeByGuard()).toEqual([]);
    expect(await verdictOf(both.fresh.id)).toMatchObject({ type: "tripped", deploymentId: null });
  });
});
