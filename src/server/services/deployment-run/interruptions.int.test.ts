/** Several workers at once, lost leases, cancels in every phase, and a worker that is told to stop. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { containerName } from "@/domain/naming";
import { Secret } from "@/domain/secret";
import type { Tx } from "@/server/db/client";
import { createListenHub, type ListenHub } from "@/server/db/listen";
import { createLogger } from "@/server/log";
import { cancelDeployment } from "@/server/services/deployment/cancel-deployment";
import { acquireLease, LeaseLost, serviceLeaseKey } from "@/server/services/lease/lease";
import { removeLeftovers } from "@/server/services/release/remove-leftovers";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World } from "@/testing/worker-world";
import { fencedWrite } from "./fenced-write";
import { runDeployments } from "./run-deployments";

describeWithDatabase("deployments under several hands", () => {
  const forever = new AbortController().signal;
  let database: TestDatabase;
  let hub: ListenHub;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
    hub = createListenHub(new Secret(database.url), "test", createLogger("test", "silent"));
    await hub.ready;
  });
  afterAll(async () => {
    await hub.close();
    await database.drop();
  });
  afterEach(() => world.tearDown());

  const statusOf = async (id: string) => (await world.deployment(id))?.status;
  const until = (id: string, status: string) =>
    expect.poll(() => statusOf(id), { timeout: 10_000, interval: 10 }).toBe(status);
  const builds = () => world.engine.journal.filter((entry) => entry.startsWith("build"));

  it("two workers at one service: one works, the other leaves it alone", async () => {
    world = await createWorld(database);
    const id = await world.deploy();
    await Promise.all([1, 2, 3].map(() => runDeployments(world.worker(), id, forever)));
    await until(id, "live");
    expect(builds()).toHaveLength(1);
    expect(world.engine.journal.filter((entry) => entry.startsWith("create "))).toHaveLength(1);
  });

  it("a deployment that was queued while the worker finished another one is not forgotten", async () => {
    world = await createWorld(database);
    const first = await world.deploy();
    const publish = world.edge.publish.bind(world.edge);
    let second = "";
    world.edge.publish = async (route) => {
      await publish(route);
      if (second !== "") return;
      await world.repository.commit({ "server.js": "version 2" });
      second = await world.deploy();
      // Its own job finds the service busy, and ends.
      await runDeployments(world.worker(), second, forever);
    };
    const worker = world.worker();
    await runDeployments(worker, first, forever);
    expect(await statusOf(first)).toBe("live");
    // It takes part in the choice of who builds next.
    await runDueJobs(database.db, worker);
    expect(await statusOf(second)).toBe("live");
  });

  it("who lost the lease writes nothing any more, whatever they were doing", async () => {
    world = await createWorld(database);
    const buildImage = world.engine.buildImage.bind(world.engine);
    const { promise: resumed, resolve: resume } = Promise.withResolvers<void>();
    const { promise: building, resolve: begin } = Promise.withResolvers<void>();
    world.engine.buildImage = async (...args) => {
      begin();
      await resumed;
      return buildImage(...args);
    };
    const id = await world.deploy();
    const slow = runDeployments(world.worker(), id, forever);
    await building;
    world.engine.buildImage = buildImage;
    await world.lapseLeases();
    await runDeployments(world.worker(), id, forever);
    const won = await world.deployment(id);
    expect(won).toMatchObject({ status: "live", fence: 2 });
    resume();
    await slow;
    expect(await world.deployment(id)).toEqual(won);
    expect(world.edge.calls.filter((call) => call.method === "publish")).toHaveLength(1);
  });

  it("a write with a lower fencing number, or from another status, is refused", async () => {
    world = await createWorld(database);
    const id = await world.deploy();
    await fencedWrite(database.db, { deploymentId: id, token: 7, expected: "queued" }, { status: "fetching" });
    const write = (token: number, expected: "queued" | "fetching") =>
      fencedWrite(database.db, { deploymentId: id, token, expected }, { status: "building" });
    await expect(write(6, "fetching")).rejects.toBeInstanceOf(LeaseLost);
    await expect(write(8, "queued")).rejects.toBeInstanceOf(LeaseLost);
    await write(7, "fetching");
    expect(await statusOf(id)).toBe("building");
  });

  it("a worker that is told to stop leaves the deployment as it is, and the next one goes on at once", async () => {
    world = await createWorld(database, { engine: { onBuild: () => ({ outcome: hangs ? "hang" : "succeed" }) } });
    let hangs = true;
    const id = await world.deploy();
    const stopping = new AbortController();
    const stopped = runDeployments(world.worker(), id, stopping.signal);
    await until(id, "building");
    stopping.abort(new Error("SIGTERM"));
    await stopped;
    expect(await statusOf(id)).toBe("building");
    hangs = false;
    await runDueJobs(database.db, world.worker());
    expect(await world.deployment(id)).toMatchObject({ status: "live", error: null });
    expect(await acquireLease(database.db, serviceLeaseKey(world.service.id), "next", 1000)).not.toBeNull();
  });

  describe.each([
    ["by its hint", () => hub, 1_000],
    ["without its hint", () => undefined, 2_000],
  ])("a cancel, heard %s,", (_name, changes, withinMs) => {
    const hang = (signal: AbortSignal | undefined) =>
      new Promise<never>((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    const obstacles: Record<string, (one: World) => void> = {
      fetching: (one) => {
        one.git.fetch = (_location, _ref, _onLine, signal) => hang(signal);
      },
      building: (one) => {
        one.engine.buildImage = (_request, _onLine, signal) => hang(signal);
      },
      releasing: (one) => {
        one.engine.ensureContainer = (_spec, signal) => hang(signal);
      },
      routing: (one) => {
        const confirm = one.edge.confirm.bind(one.edge);
        one.edge.confirm = async (route, timeoutMs, signal) => {
          const [live] = await one.deployments();
          return route.releaseId === live?.id ? confirm(route, timeoutMs, signal) : hang(signal);
        };
      },
      verifying: (one) => {
        one.prober.answer = () => ({ ok: false, reason: "refused" });
      },
    };

    it.each(Object.keys(obstacles))("ends a deployment that is %s, and takes back what it made", async (phase) => {
      const feed = changes();
      world = await createWorld(database, {
        settings: { HEALTH_TIMEOUT_SECONDS: "60" },
        ...(feed && { changes: feed }),
      });
      const first = await world.deploy();
      await runDueJobs(database.db, world.worker());
      obstacles[phase]?.(world);
      await world.repository.commit({ "server.js": "version 2" });
      const second = await world.deploy();
      const running = runDueJobs(database.db, world.worker());
      await until(second, phase);
      await sleep(50);
      const asked = performance.now();
      await cancelDeployment(world.web, second);
      await until(second, "cancelled");
      expect(performance.now() - asked).toBeLessThan(withinMs);
      await running;
      expect([...world.engine.containers.keys()]).toEqual([containerName(first, 0)]);
      expect(await statusOf(first)).toBe("live");
    });
  });

  it("a cancel that comes when traffic moves puts the former route back, and lets what is under way end", async () => {
    world = await createWorld(database, { changes: hub, settings: { DRAIN_GRACE_SECONDS: "30" } });
    const first = await world.deploy();
    await runDueJobs(database.db, world.worker());
    const before = world.edge.published.get(world.service.id);
    await world.repository.commit({ "server.js": "version 2" });
    const second = await world.deploy();
    const publish = world.edge.publish.bind(world.edge);
    world.edge.publish = async (route) => {
      await publish(route);
      if (route.releaseId === second) await cancelDeployment(world.web, second);
    };
    let underWay = 1;
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    world.edge.inFlight = async () => {
      ask();
      return underWay;
    };
    const running = runDueJobs(database.db, world.worker());
    await until(second, "cancelled");
    expect(world.edge.published.get(world.service.id)).toEqual(before);
    await asked;
    expect([...world.engine.containers.keys()]).toContain(containerName(second, 0));
    underWay = 0;
    await expect
      .poll(() => [...world.engine.containers.keys()], { timeout: 10_000 })
      .toEqual([containerName(first, 0)]);
    await running;
    expect(await statusOf(first)).toBe("live");
  });

  it("a cancel in the very last moment keeps the pointer from moving", async () => {
    world = await createWorld(database, { changes: hub });
    const first = await world.deploy();
    await runDueJobs(database.db, world.worker());
    await world.repository.commit({ "server.js": "version 2" });
    const second = await world.deploy();
    const worker = world.worker();
    const transaction = worker.db.transaction.bind(worker.db);
    let asked = false;
    worker.db.transaction = async <T>(work: (tx: Tx) => Promise<T>) => {
      if (!asked && (await statusOf(second)) === "routing") {
        asked = true;
        await cancelDeployment(world.web, second);
      }
      return transaction(work);
    };
    try {
      await runDueJobs(database.db, worker);
    } finally {
      worker.db.transaction = transaction;
    }
    expect(asked).toBe(true);
    expect(await statusOf(second)).toBe("cancelled");
    expect(await statusOf(first)).toBe("live");
    expect(world.edge.published.get(world.service.id)).toMatchObject({ releaseId: first });
  });

  it("a cancel does not wait for an Engine that hangs: what it leaves is found later", async () => {
    world = await createWorld(database, { changes: hub, settings: { HEALTH_TIMEOUT_SECONDS: "60" } });
    const first = await world.deploy();
    await runDueJobs(database.db, world.worker());
    await world.repository.commit({ "server.js": "version 2" });
    const { removeContainer, listContainers } = world.engine;
    world.prober.answer = () => ({ ok: false, reason: "refused" });
    const second = await world.deploy();
    const running = runDueJobs(database.db, world.worker());
    await until(second, "verifying");
    const hang = () => new Promise<never>(() => undefined);
    world.engine.removeContainer = hang;
    world.engine.listContainers = hang;
    await cancelDeployment(world.web, second);
    await until(second, "cancelled");
    await running;
    world.engine.removeContainer = removeContainer.bind(world.engine);
    world.engine.listContainers = listContainers.bind(world.engine);
    expect([...world.engine.containers.keys()]).toContain(containerName(second, 0));
    await removeLeftovers(world.worker(), forever);
    expect([...world.engine.containers.keys()]).toEqual([containerName(first, 0)]);
  });

  it("a cancel in the queue does not wait for the deployment before it", async () => {
    world = await createWorld(database, { changes: hub, engine: { onBuild: () => ({ outcome: "hang" }) } });
    const first = await world.deploy();
    const stopping = new AbortController();
    const running = runDeployments(world.worker(), first, stopping.signal);
    await until(first, "building");
    const second = await world.deploy();
    await cancelDeployment(world.web, second);
    expect(await statusOf(second)).toBe("cancelled");
    expect(await statusOf(first)).toBe("building");
    stopping.abort(new Error("the test is over"));
    await running;
  });
});
