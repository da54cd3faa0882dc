/** Who builds when more wait than there are slots: projects take turns, and workers on one database share the work. */
import { setTimeout as sleep } from "node:timers/promises";
import { inArray } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { queueWaits } from "@/domain/deployment/queue-waits";
import { label } from "@/domain/naming";
import { Secret } from "@/domain/secret";
import type { WorkerContext } from "@/server/context";
import { createListenHub, type ListenHub } from "@/server/db/listen";
import { deployments, leases, phases } from "@/server/db/schema";
import { createLogger } from "@/server/log";
import { createDeployment } from "@/server/services/deployment/create-deployment";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeProject, makeService } from "@/testing/factories";
import { createWorld, type World } from "@/testing/worker-world";
import { type Queue, startQueue } from "./queue";
import { keepTakingTurns } from "./turn-taker";

describeWithDatabase("turns at the build slots", () => {
  let database: TestDatabase;
  let hub: ListenHub;
  let world: World;
  let queues: Queue[];
  let takers: Promise<void>[];
  let stopping: AbortController;
  /** Builds under way by service; calling one lets it end. */
  let building: Map<string, () => void>;
  /** Services in the order in which their builds began. */
  let begun: string[];

  beforeAll(async () => {
    database = await createTestDatabase();
    hub = createListenHub(new Secret(database.url), "test", createLogger("test", "silent"));
    await hub.ready;
  });
  afterAll(async () => {
    await hub.close();
    await database.drop();
  });
  beforeEach(async () => {
    world = await createWorld(database, { settings: { DEPLOY_CONCURRENCY: "1" }, changes: hub });
    queues = [];
    takers = [];
    stopping = new AbortController();
    building = new Map();
    begun = [];
    const buildImage = world.engine.buildImage.bind(world.engine);
    world.engine.buildImage = async (request, onLine, signal) => {
      const serviceId = request.labels[label.service] ?? "";
      begun.push(serviceId);
      await new Promise<void>((resolve, reject) => {
        building.set(serviceId, resolve);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      }).finally(() => building.delete(serviceId));
      return buildImage(request, onLine, signal);
    };
  });
  afterEach(async () => {
    stopping.abort(new Error("the test is over"));
    await Promise.all([...queues.map((queue) => queue.stop()), ...takers]);
    await world.tearDown();
  });

  async function start(parts: { queue: boolean }): Promise<WorkerContext> {
    const worker = world.worker();
    if (parts.queue) queues.push(await startQueue(worker));
    takers.push(keepTakingTurns(worker, stopping.signal));
    return worker;
  }
  async function makeServices(count: number) {
    const place = await makeProject(database.db, world.project.organizationId);
    const source = { type: "git" as const, url: world.repository.url, branch: "main", rootDirectory: "" };
    return Promise.all(Array.from({ length: count }, () => makeService(database.db, place, { source })));
  }
  const deploy = async (services: { id: string }[]) => {
    const ids: string[] = [];
    for (const { id } of services) {
      ids.push((await createDeployment(world.web, { serviceId: id, trigger: "manual" })).id);
    }
    return ids;
  };
  const statuses = async (ids: string[]) => {
    const rows = await database.db.select().from(deployments).where(inArray(deployments.id, ids));
    return rows.map((row) => row.status);
  };
  const untilBuilding = (count: number) =>
    expect.poll(() => building.size, { interval: 5, timeout: 10_000 }).toBe(count);
  /** Lets the builds that are under way end, again and again, until every deployment is over. */
  async function letAllEnd(ids: string[], seen: (count: number) => void = () => undefined) {
    for (;;) {
      if ((await statuses(ids)).every((status) => status === "live")) return;
      seen(building.size);
      for (const end of [...building.values()]) end();
      await sleep(5);
    }
  }

  it("one project's twenty hold up another one's only by one build", async () => {
    const many = await makeServices(20);
    const [single] = await makeServices(1);
    if (!single) throw new Error("no service");
    const manyIds = await deploy(many);
    await start({ queue: true });
    await untilBuilding(1);
    const [singleId = ""] = await deploy([single]);
    await letAllEnd([...manyIds, singleId]);
    expect(begun).toHaveLength(21);
    expect(begun.indexOf(single.id)).toBe(1);
    expect(begun.filter((id) => id !== single.id)).toEqual(many.map(({ id }) => id));
  });

  it("a worker that gets none of the jobs takes its share all the same: no slot is free while something waits", async () => {
    const services = await makeServices(5);
    // Every job goes to the first one, which has one slot.
    await start({ queue: true });
    await start({ queue: false });
    const ids = await deploy(services);
    await untilBuilding(2);
    const held = await database.db
      .select()
      .from(leases)
      .where(
        inArray(
          leases.key,
          begun.map((id) => `service:${id}`),
        ),
      );
    expect(new Set(held.map((lease) => lease.holder)).size).toBe(2);
    for (let left = 3; left > 0; left -= 1) {
      const [end] = building.values();
      end?.();
      // The next one begins without any other having to end.
      await expect.poll(() => begun.length, { interval: 5, timeout: 10_000 }).toBe(6 - left);
      await untilBuilding(2);
    }
    await letAllEnd(ids, (count) => expect(count).toBeLessThanOrEqual(2));
    expect(begun).toHaveLength(5);
  });

  it("every moment in the queue has its reason", async () => {
    const [first, second] = await makeServices(2);
    if (!first || !second) throw new Error("no services");
    const [underWay = ""] = await deploy([first]);
    await start({ queue: true });
    await untilBuilding(1);
    const [other = ""] = await deploy([second]);
    await world.repository.commit({ "server.js": "version 2" });
    const [behind = ""] = await deploy([first]);
    const queued = async (id: string) => {
      const rows = await database.db
        .select()
        .from(phases)
        .where(inArray(phases.deploymentId, [id]));
      return rows.find((row) => row.phase === "queued");
    };
    const reasons = async (id: string) => (await queued(id))?.waits.map((mark) => [mark.reason, ...mark.deploymentIds]);
    await expect.poll(() => reasons(other)).toEqual([["slots", underWay]]);
    await expect.poll(() => reasons(behind)).toEqual([["deployment", underWay]]);
    building.get(first.id)?.();
    await expect.poll(() => begun.length, { interval: 5 }).toBe(2);
    await expect
      .poll(() => reasons(behind))
      .toEqual([
        ["deployment", underWay],
        ["slots", other],
      ]);
    await letAllEnd([other, behind]);
    const phase = await queued(behind);
    if (!phase?.finishedAt) throw new Error("still queued");
    const waits = queueWaits(phase.startedAt, phase.finishedAt, phase.waits);
    const total = waits.reduce((sum, wait) => sum + (wait.ms ?? Number.NaN), 0);
    expect(total).toBe(phase.finishedAt.getTime() - phase.startedAt.getTime());
  });
});
