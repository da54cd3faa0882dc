import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { containerName, label } from "@/domain/naming";
import { newId } from "@/server/db/new-id";
import { serviceEvents } from "@/server/db/schema";
import { startService } from "@/server/services/service/start-service";
import { stopService } from "@/server/services/service/stop-service";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World, type WorldOptions } from "@/testing/worker-world";
import { followEngineEvents } from "./follow-engine-events";
import { lookAtInstances } from "./look-at-instances";

describeWithDatabase("the history of a service", () => {
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
  const look = () => lookAtInstances(world.worker(), null);
  const name = (replica = 0) => containerName(release, replica);
  const rows = () =>
    database.db
      .select()
      .from(serviceEvents)
      .where(eq(serviceEvents.serviceId, world.service.id))
      .orderBy(asc(serviceEvents.at), asc(serviceEvents.id));
  const kinds = async () => (await rows()).map((row) => row.kind);

  /** Lets a worker follow the events while something happens, and until the service was looked at for the last of it. */
  async function following(happen: () => unknown): Promise<void> {
    const stopping = new AbortController();
    let open = Promise.withResolvers<void>();
    const follow = followEngineEvents(world.worker(), stopping.signal, () => open.resolve());
    await open.promise;
    open = Promise.withResolvers<void>();
    await happen();
    await world.engine.ensureContainer(marker());
    await expect.poll(() => lastPosition()).toBe(true);
    stopping.abort();
    await follow;
  }
  /** Events come in order: when the marker's was handled, all before it were. */
  const marker = () => {
    const [one] = [...world.engine.containers.values()];
    if (!one) throw new Error("nothing runs");
    const labels = { ...one.spec.labels, [label.release]: newId("deployment") };
    const spec = { ...one.spec, name: `marker-${markers}`, labels };
    markers += 1;
    return spec;
  };
  let markers = 0;
  async function lastPosition(): Promise<boolean> {
    const fact = await database.db.query.instanceFacts.findFirst({
      where: (t, { eq: is }) => is(t.key, "engine-events"),
    });
    const last = world.engine.containers.get(`marker-${markers - 1}`)?.state.startedAt;
    return fact !== undefined && last !== null && last !== undefined && fact.at >= last;
  }

  it("is empty after a deployment: that stands for itself", async () => {
    await enter({ runtime: { replicas: 2 } });
    await look();
    expect(await kinds()).toEqual([]);
  });

  it("says with what exit code an application ended, and when it ran again", async () => {
    await enter();
    await following(() => {
      world.engine.exit(name(), { exitCode: 3 });
      world.engine.restart(name());
    });
    await look();
    await run();
    expect(await rows()).toMatchObject([
      { kind: "exited", details: { container: name(), replica: 0, releaseId: release, exitCode: 3, signal: null } },
      { kind: "restarted", details: { restartCount: 1 } },
    ]);
  });

  it("tells an application that was out of memory, and one that somebody killed", async () => {
    await enter({ runtime: { memoryMib: 64 } });
    await following(async () => {
      world.engine.exit(name(), { exitCode: 137, outOfMemory: true });
      world.engine.restart(name());
      await world.engine.stopContainer(name(), 0);
    });
    expect(await rows()).toMatchObject([
      { kind: "out_of_memory", details: { memoryMib: 64 } },
      { kind: "exited", details: { exitCode: 137, signal: null } },
      { kind: "exited", details: { exitCode: 143, signal: 15 } },
    ]);
  });

  it("says that a container was removed, and that it was made anew; looking again adds nothing", async () => {
    await enter();
    await world.engine.removeContainer(name());
    await look();
    await run();
    expect(await kinds()).toEqual(["container_removed", "container_replaced"]);
    await look();
    expect(await run()).toEqual([]);
    expect(await kinds()).toHaveLength(2);
  });

  it("what happened while no worker ran is read when one comes, once", async () => {
    await enter();
    await following(() => undefined);
    world.engine.exit(name(), { exitCode: 5 });
    world.engine.restart(name());
    await following(() => undefined);
    await following(() => undefined);
    expect(await rows()).toMatchObject([{ kind: "exited", details: { exitCode: 5 } }]);
  });

  it("leaves out what the platform did itself: stopping, replacing, cooling", async () => {
    await enter({ settings: { WARM_RELEASES_PER_SERVICE: "0" } });
    await following(async () => {
      await world.repository.commit({ "server.js": "version 2" });
      await world.deploy();
      await run();
      await stopService(world.web, world.service.id);
      await run();
      await startService(world.web, world.service.id);
      await run();
    });
    expect((await kinds()).filter((kind) => !kind.startsWith("service_"))).toEqual(["restarted"]);
  });
});
