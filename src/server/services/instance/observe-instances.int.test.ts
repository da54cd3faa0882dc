import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { containerName } from "@/domain/naming";
import { instances } from "@/server/db/schema";
import { stopService } from "@/server/services/service/stop-service";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World, type WorldOptions } from "@/testing/worker-world";
import { lookAtInstances } from "./look-at-instances";
import { measureInstances } from "./measure-instances";
import { observeInstances } from "./observe-instances";
import { restoreRoutes } from "./restore-routes";

describeWithDatabase("what is seen of containers", () => {
  let database: TestDatabase;
  let world: World;
  let release: string;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(() => world.tearDown());

  async function enter(options: WorldOptions = {}): Promise<void> {
    world = await createWorld(database, options);
    release = await world.deploy();
    await run();
  }
  const run = () => runDueJobs(database.db, world.worker());
  const look = async () => {
    await lookAtInstances(world.worker(), null);
    return run();
  };
  const name = (replica = 0) => containerName(release, replica);
  const rows = () =>
    database.db.select().from(instances).where(eq(instances.serviceId, world.service.id)).orderBy(instances.replica);
  const route = () => world.edge.published.get(world.service.id);

  it("is written when a deployment goes live, and an unchanged world brings no work", async () => {
    await enter({ runtime: { replicas: 2 } });
    expect(await rows()).toMatchObject([
      { name: name(0), status: "running", address: expect.stringMatching(/:3000$/) },
      { name: name(1), status: "running" },
    ]);
    expect(await look()).toEqual([]);
  });

  it("an application that crashes gets the page that says so, and its route back when it is up again", async () => {
    await enter();
    world.engine.exit(name(), { exitCode: 137, outOfMemory: true });
    expect(await look()).toEqual(["service.converge"]);
    expect(route()).toMatchObject({ state: "crashing", endpoints: [] });
    expect(await rows()).toMatchObject([{ status: "restarting", exitCode: 137, outOfMemory: true, address: null }]);
    // The Engine's own pauses between two starts are kept: nobody hurries it.
    expect(await look()).toEqual([]);
    world.engine.restart(name());
    expect(await look()).toEqual(["service.converge"]);
    expect(route()).toMatchObject({ state: "running", endpoints: [expect.anything()] });
  });

  it("a replica that crashes leaves the others in the route", async () => {
    await enter({ runtime: { replicas: 2 }, engine: {} });
    const before = route()?.endpoints ?? [];
    world.prober.answer = (endpoint) =>
      before.some((one) => one.host === endpoint.host) ? { ok: true } : { ok: false, reason: "refused" };
    world.engine.exit(name(1), { exitCode: 1 });
    world.engine.restart(name(1));
    await lookAtInstances(world.worker(), null);
    const converging = run();
    await expect.poll(() => route()?.endpoints).toEqual(before.slice(0, 1));
    world.prober.answer = () => ({ ok: true });
    await converging;
    expect(route()?.endpoints).toHaveLength(2);
    expect(route()?.endpoints[1]).not.toEqual(before[1]);
  });

  it("the route follows a container to its new address", async () => {
    await enter();
    const before = route();
    world.engine.exit(name(), { exitCode: 0 });
    world.engine.restart(name());
    await look();
    expect(route()).toMatchObject({ state: "running", releaseId: release });
    expect(route()?.endpoints).not.toEqual(before?.endpoints);
    expect(await look()).toEqual([]);
  });

  it("a container that somebody removed is made again", async () => {
    await enter({ runtime: { replicas: 2 } });
    await world.engine.removeContainer(name(1));
    await look();
    expect([...world.engine.containers.keys()]).toEqual([name(0), name(1)]);
    expect(route()?.endpoints).toHaveLength(2);
  });

  it("a stopped service is left stopped", async () => {
    await enter();
    await stopService(world.web, world.service.id);
    await run();
    expect(await look()).toEqual([]);
    expect(await rows()).toMatchObject([{ status: "exited" }]);
    expect(route()).toMatchObject({ state: "stopped" });
  });

  it("a route file that somebody removed comes back", async () => {
    await enter();
    await world.edge.unpublish(world.service.id);
    await restoreRoutes(world.worker());
    await run();
    expect(route()).toMatchObject({ releaseId: release, state: "running" });
  });

  it("a route file that says something else is put right, and one that is right is left alone", async () => {
    await enter({ runtime: { replicas: 2 } });
    await restoreRoutes(world.worker());
    expect(await run()).toEqual([]);
    const right = route();
    if (!right) throw new Error("no route");
    await world.edge.publish({ ...right, endpoints: [{ host: "10.0.0.99", port: 3000 }] });
    await restoreRoutes(world.worker());
    expect(await run()).toEqual(["service.converge"]);
    expect(route()).toEqual(right);
    await stopService(world.web, world.service.id);
    await run();
    await restoreRoutes(world.worker());
    expect(await run()).toEqual([]);
  });

  it("what containers use is measured", async () => {
    await enter();
    await measureInstances(world.worker(), new AbortController().signal);
    expect(await rows()).toMatchObject([{ cpuMillis: 5, memoryBytes: 10 * 2 ** 20 }]);
    await look();
    expect(await rows()).toMatchObject([{ cpuMillis: 5 }]);
  });

  it("an event is seen at once, also after the Engine was away", async () => {
    await enter();
    const stopping = new AbortController();
    const observing = observeInstances(world.worker(), stopping.signal);
    await new Promise((resolve) => setTimeout(resolve, 100));
    world.engine.exit(name(), { exitCode: 1 });
    await expect.poll(async () => (await rows())[0]?.status, { timeout: 3_000 }).toBe("restarting");
    world.engine.loseConnection();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    world.engine.restart(name());
    await expect.poll(async () => (await rows())[0]?.status, { timeout: 3_000 }).toBe("running");
    stopping.abort();
    await observing;
  });
});
