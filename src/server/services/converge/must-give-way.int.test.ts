import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { rollbackDeployment } from "@/server/services/deployment/rollback-deployment";
import { stopService } from "@/server/services/service/stop-service";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World } from "@/testing/worker-world";
import { mustGiveWay } from "./must-give-way";

describeWithDatabase("keeping a service running gives way", () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(() => world.tearDown());

  it("to what can begin now, and not to what waits for a build slot", async () => {
    world = await createWorld(database, { settings: { DEPLOY_CONCURRENCY: "1" } });
    const worker = world.worker();
    const asked = () => mustGiveWay(worker, world.service.id);
    const first = await world.deploy();
    await runDueJobs(database.db, worker);
    await world.repository.commit({ "server.js": "version 2" });
    await world.deploy();
    await runDueJobs(database.db, worker);
    expect(await asked()).toBe(false);
    const slot = worker.buildSlots.tryAcquire();
    await world.deploy();
    expect(await asked()).toBe(false);
    slot?.release();
    expect(await asked()).toBe(true);
    worker.buildSlots.tryAcquire();
    await rollbackDeployment(world.web, first);
    expect(await asked()).toBe(true);
  });

  it("to a stop", async () => {
    world = await createWorld(database);
    await stopService(world.web, world.service.id);
    expect(await mustGiveWay(world.worker(), world.service.id)).toBe(true);
  });
});
