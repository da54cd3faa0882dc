import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { stopService } from "@/server/services/service/stop-service";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World } from "@/testing/worker-world";
import { beat, isWorkerRunning, stopBeating } from "./heartbeat";
import { sweep } from "./sweep";

describeWithDatabase("the sweep", () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(() => world.tearDown());

  type Job = { name: string; locked: boolean; attempts: number };
  const jobs = async () => {
    const { rows } = await database.db.execute<Job>(sql`
      select task_identifier as name, locked_at is not null as locked, attempts from graphile_worker.jobs order by id`);
    return rows;
  };
  const forgetJobs = () => database.db.execute(sql`delete from graphile_worker._private_jobs`);
  const lockAll = (worker: string) =>
    database.db.execute(sql`
      update graphile_worker._private_jobs
      set locked_by = ${worker}, locked_at = now() - interval '1 hour', attempts = attempts + 1`);

  it("brings back a deployment that nobody works on, and leaves alone one that somebody does", async () => {
    world = await createWorld(database);
    await world.deploy();
    await forgetJobs();
    await sweep(world.worker());
    expect(await jobs()).toMatchObject([{ name: "deployment.run" }]);
    await forgetJobs();
    await database.db.execute(sql`
      insert into leases values (${`service:${world.service.id}`}, 'another', 1, now() + interval '9 seconds')`);
    const pauseMs = await sweep(world.worker());
    expect(await jobs()).toEqual([]);
    // It looks again when that lease would lapse.
    expect(pauseMs).toBeGreaterThan(8_000);
    expect(pauseMs).toBeLessThan(9_200);
  });

  it("frees the jobs of a worker that is dead, and of that alone", async () => {
    world = await createWorld(database);
    await world.deploy();
    await runDueJobs(database.db, world.worker());
    await stopService(world.web, world.service.id);
    await lockAll("alive-1");
    await beat(database.db, "alive", { queueWorkers: ["alive-1", "alive-2"], buildSlots: 2 });
    await sweep(world.worker());
    expect((await jobs()).filter((job) => job.locked)).toHaveLength(1);
    await stopBeating(database.db, "alive");
    await sweep(world.worker());
    const freed = await jobs();
    expect(freed.every((job) => !job.locked)).toBe(true);
    expect(freed.map((job) => job.name)).toContain("service.converge");
  });

  it("forgets a dead worker's job whose attempts are used up", async () => {
    world = await createWorld(database);
    await world.deploy();
    await lockAll("dead");
    await database.db.execute(sql`update graphile_worker._private_jobs set attempts = max_attempts`);
    await sweep(world.worker());
    expect(await jobs()).toEqual([{ name: "deployment.run", locked: false, attempts: 0 }]);
  });

  it("says whether any worker runs", async () => {
    world = await createWorld(database);
    expect(await isWorkerRunning(world.web)).toBe(false);
    await beat(database.db, "one", { queueWorkers: [], buildSlots: 2 });
    expect(await isWorkerRunning(world.web)).toBe(true);
    await database.db.execute(sql`update instance_facts set at = now() - interval '20 seconds'`);
    expect(await isWorkerRunning(world.web)).toBe(false);
  });
});
