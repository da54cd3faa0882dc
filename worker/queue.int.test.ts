import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { phases } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { createWorld, type World } from "@/testing/worker-world";
import { cronItems } from "./crontab";
import { type Queue, startQueue } from "./queue";

describeWithDatabase("the worker's queue", () => {
  let database: TestDatabase;
  let world: World;
  let queue: Queue;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(() => world.tearDown());

  const status = async (id: string) => (await world.deployment(id))?.status;

  it("begins a deployment at once when it is asked for", async () => {
    world = await createWorld(database);
    queue = await startQueue(world.worker());
    const delays: number[] = [];
    for (let n = 0; n < 15; n += 1) {
      const id = await world.deploy();
      await expect.poll(() => status(id), { interval: 10, timeout: 10_000 }).toBe("live");
      const [began] = await database.db
        .select({ at: phases.startedAt })
        .from(phases)
        .where(and(eq(phases.deploymentId, id), eq(phases.phase, "fetching")));
      const createdAt = (await world.deployment(id))?.createdAt ?? new Date(0);
      delays.push((began?.at.getTime() ?? Number.POSITIVE_INFINITY) - createdAt.getTime());
    }
    await queue.stop();
    delays.sort((a, b) => a - b);
    process.stdout.write(`asked until begun: median ${delays[7]} ms, slowest ${delays[14]} ms\n`);
    expect(delays[7]).toBeLessThan(100);
  });

  it("names its workers, so that others can tell when they are dead", async () => {
    world = await createWorld(database);
    queue = await startQueue(world.worker());
    expect(new Set(queue.workerIds).size).toBeGreaterThan(2);
    await queue.stop();
  });

  it("ends what runs when it stops, and what was begun goes on at the next one", async () => {
    let hangs = true;
    world = await createWorld(database, { engine: { onBuild: () => ({ outcome: hangs ? "hang" : "succeed" }) } });
    queue = await startQueue(world.worker());
    const id = await world.deploy();
    await expect.poll(() => status(id), { timeout: 10_000 }).toBe("building");
    await queue.stop();
    await queue.ended;
    expect(await status(id)).toBe("building");
    hangs = false;
    queue = await startQueue(world.worker());
    await expect.poll(() => status(id), { timeout: 10_000 }).toBe("live");
    await queue.stop();
  });

  it("cleans up once a day, and trims logs once an hour", () => {
    expect(cronItems().map((item) => item.task)).toEqual(["retention.clean", "logs.trim"]);
  });
});
