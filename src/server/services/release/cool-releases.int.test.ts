import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { AppError } from "@/domain/errors";
import { containerName } from "@/domain/naming";
import { deployments } from "@/server/db/schema";
import { rollbackDeployment } from "@/server/services/deployment/rollback-deployment";
import { runDeployments } from "@/server/services/deployment-run/run-deployments";
import { acquireLease, releaseLease, releaseLeaseKey } from "@/server/services/lease/lease";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World, type WorldOptions } from "@/testing/worker-world";
import { coolReleases } from "./cool-releases";

describeWithDatabase("coolReleases", () => {
  const forever = new AbortController().signal;
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(() => world.tearDown());

  const deployNext = async (content: string) => {
    await world.repository.commit({ "server.js": content });
    const id = await world.deploy();
    await runDueJobs(database.db, world.worker());
    return id;
  };
  /** Two releases; requests are under way to the first when the second takes over. */
  async function replaceBusy(options: WorldOptions = {}) {
    world = await createWorld(database, options);
    const first = await deployNext("version 1");
    const [endpoint] = world.edge.published.get(world.service.id)?.endpoints ?? [];
    if (!endpoint) throw new Error("no endpoint");
    world.edge.setInFlight(endpoint, 3);
    await world.repository.commit({ "server.js": "version 2" });
    const second = await world.deploy();
    return { first, second, endpoint };
  }
  const cool = () => coolReleases(world.worker(), world.service.id, forever);
  const containers = () => [...world.engine.containers.keys()];
  const later = async () => {
    const { rows } = await database.db.execute<{ seconds: number }>(sql`
      select extract(epoch from run_at - now())::float8 as seconds from graphile_worker.jobs where task_identifier = 'release.cool'`);
    return rows.map((row) => row.seconds);
  };

  it("lets requests under way end before it counts a release as drained, and comes back at the end of its window", async () => {
    const { first, endpoint } = await replaceBusy({
      settings: { DRAIN_GRACE_SECONDS: "60", WARM_WINDOW_SECONDS: "600" },
    });
    setTimeout(() => world.edge.setInFlight(endpoint, 0), 400);
    await runDueJobs(database.db, world.worker());
    expect(await world.deployment(first)).toMatchObject({ drainedAt: expect.any(Date), cutConnections: 0 });
    expect(world.edge.calls.filter((call) => call.method === "cut")).toEqual([]);
    expect(containers()).toHaveLength(2);
    const [seconds = 0] = await later();
    expect(seconds).toBeGreaterThan(590);
    expect(seconds).toBeLessThan(601);
  });

  it("cuts what outlasts the grace, and counts it", async () => {
    const { first } = await replaceBusy({ settings: { DRAIN_GRACE_SECONDS: "1", WARM_RELEASES_PER_SERVICE: "0" } });
    await runDueJobs(database.db, world.worker());
    expect(await world.deployment(first)).toMatchObject({ cutConnections: 3, warmUntil: null });
    expect(containers()).toHaveLength(1);
  });

  it("hands a long drain on to a later job, and never stops a release in it", async () => {
    const { first } = await replaceBusy({ settings: { DRAIN_GRACE_SECONDS: "60", WARM_RELEASES_PER_SERVICE: "0" } });
    await runDueJobs(database.db, world.worker());
    expect(await world.deployment(first)).toMatchObject({ drainedAt: null, warmUntil: expect.any(Date) });
    expect(containers()).toHaveLength(2);
    expect(await later()).toHaveLength(1);
  });

  it("waits the whole grace where the router cannot tell", async () => {
    const { first } = await replaceBusy({ settings: { DRAIN_GRACE_SECONDS: "1" } });
    world.edge.inFlight = () => Promise.reject(new AppError("router_unavailable"));
    await runDueJobs(database.db, world.worker());
    expect(await world.deployment(first)).toMatchObject({ drainedAt: expect.any(Date), cutConnections: null });
  });

  it("keeps the newest warm, and stops the one before", async () => {
    world = await createWorld(database);
    await deployNext("version 1");
    const second = await deployNext("version 2");
    const third = await deployNext("version 3");
    expect(containers()).toEqual([containerName(second, 0), containerName(third, 0)]);
  });

  it("stops a release whose window is over", async () => {
    world = await createWorld(database);
    const first = await deployNext("version 1");
    const second = await deployNext("version 2");
    await database.db
      .update(deployments)
      .set({ warmUntil: new Date(0) })
      .where(eq(deployments.id, first));
    await cool();
    expect(containers()).toEqual([containerName(second, 0)]);
    expect(await world.deployment(first)).toMatchObject({ warmUntil: null });
    expect(world.engine.images.references).toHaveLength(2);
  });

  it("neither cuts nor stops a release that somebody is about to go back to", async () => {
    const { first, second } = await replaceBusy({
      settings: { DRAIN_GRACE_SECONDS: "0", WARM_RELEASES_PER_SERVICE: "0" },
    });
    await runDeployments(world.worker(), second, forever);
    await rollbackDeployment(world.web, first);
    await cool();
    expect(world.edge.calls.filter((call) => call.method === "cut")).toEqual([]);
    expect(containers()).toEqual([containerName(first, 0), containerName(second, 0)]);
  });

  /** The first of two releases is past its window, and somebody holds its lease. */
  async function expireHeld() {
    world = await createWorld(database);
    const first = await deployNext("version 1");
    await deployNext("version 2");
    await database.db
      .update(deployments)
      .set({ warmUntil: new Date(0) })
      .where(eq(deployments.id, first));
    const token = await acquireLease(database.db, releaseLeaseKey(first), "another", 60_000);
    return { first, giveBack: () => releaseLease(database.db, releaseLeaseKey(first), token ?? 0) };
  }

  it("leaves a release that somebody else is at, and comes back", async () => {
    await expireHeld();
    await cool();
    expect(containers()).toHaveLength(2);
    const [seconds = 0] = await later();
    expect(seconds).toBeLessThan(2);
  });

  it("holds up no deployment of its service while an application takes its time to end", async () => {
    const { first } = await expireHeld();
    const third = await deployNext("version 3");
    expect(await world.deployment(third)).toMatchObject({ status: "live" });
    expect(containers()).toContain(containerName(first, 0));
  });

  it("lets nobody go back to a release that is being stopped, until it is", async () => {
    const { first, giveBack } = await expireHeld();
    const back = await rollbackDeployment(world.web, first);
    const going = runDeployments(world.worker(), back.id, forever);
    const early = await Promise.race([going.then(() => "arrived"), sleep(300, "waits")]);
    expect(early).toBe("waits");
    await giveBack();
    await going;
    expect(await world.deployment(back.id)).toMatchObject({ status: "live", releaseId: first });
  });
});
