import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { containerName } from "@/domain/naming";
import { logChunks } from "@/server/db/schema";
import { removeRelease } from "@/server/services/release/remove-release";
import { setVariables } from "@/server/services/variable/set-variables";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World, type WorldOptions } from "@/testing/worker-world";
import { collectRuntimeLogs } from "./collect-runtime-logs";

describeWithDatabase("collectRuntimeLogs", () => {
  let database: TestDatabase;
  let world: World;
  let release: string;
  const collectors: { abort: AbortController; done: Promise<void> }[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(async () => {
    await Promise.all(collectors.splice(0).map(stop));
    await world.tearDown();
  });

  async function enter(options: WorldOptions = {}): Promise<void> {
    world = await createWorld(database, options);
    const variables = [{ key: "TOKEN", value: "hunter22", secret: true }];
    await setVariables(world.web, { serviceId: world.service.id, variables, remove: [] });
    release = await world.deploy();
    await runDueJobs(database.db, world.worker());
  }
  function collect() {
    const abort = new AbortController();
    const collector = { abort, done: collectRuntimeLogs(world.worker(), abort.signal) };
    collectors.push(collector);
    return collector;
  }
  async function stop(collector: (typeof collectors)[number]): Promise<void> {
    collector.abort.abort(new Error("stopped"));
    await collector.done;
  }
  const print = (text: string, replica = 0) => world.engine.print(containerName(release, replica), text);
  const kept = async () => {
    const chunks = await database.db
      .select()
      .from(logChunks)
      .where(and(eq(logChunks.sourceId, release), eq(logChunks.kind, "runtime")))
      .orderBy(logChunks.firstOffset);
    return chunks.flatMap((chunk) => chunk.lines);
  };
  const texts = async () => (await kept()).map((line) => line.x);
  const eventually = (expected: unknown) => expect.poll(texts, { timeout: 5_000, interval: 20 }).toEqual(expected);

  it("keeps what containers print, from before and from now on, without their secrets", async () => {
    await enter();
    print("before");
    collect();
    await eventually(["before"]);
    print("token is hunter22");
    await eventually(["before", "token is [redacted]"]);
  });

  it("says which replica printed a line", async () => {
    await enter({ runtime: { replicas: 2 } });
    collect();
    print("from the second", 1);
    print("from the first", 0);
    await expect
      .poll(async () => (await kept()).map((line) => [line.x, line.r]).sort())
      .toEqual([
        ["from the first", 0],
        ["from the second", 1],
      ]);
  });

  it("goes on where the last collector stopped, and two at once repeat nothing", async () => {
    await enter();
    const first = collect();
    print("one");
    await eventually(["one"]);
    await stop(first);
    print("two");
    collect();
    collect();
    await eventually(["one", "two"]);
    for (let n = 0; n < 50; n += 1) print(`line ${n}`);
    const all = ["one", "two", ...Array.from({ length: 50 }, (_, n) => `line ${n}`)];
    await eventually(all);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await texts()).toEqual(all);
  });

  it("follows a container over its restarts", async () => {
    await enter();
    collect();
    print("first run");
    await eventually(["first run"]);
    world.engine.exit(containerName(release, 0), { exitCode: 1 });
    world.engine.restart(containerName(release, 0));
    print("second run");
    await eventually(["first run", "second run"]);
  });

  it("keeps what a container printed at last though it is removed before anybody read it, beside a collector too", async () => {
    for (const collecting of [false, true]) {
      await enter();
      if (collecting) collect();
      for (let n = 0; n < 3_000; n += 1) print(`line ${n}`);
      await removeRelease(world.worker(), release, 0);
      await eventually(Array.from({ length: 3_000 }, (_, n) => `line ${n}`));
      await Promise.all(collectors.splice(0).map(stop));
      await world.tearDown();
    }
    await enter();
  });

  it("goes on after the Engine was away", async () => {
    await enter();
    collect();
    print("one");
    await eventually(["one"]);
    world.engine.loseConnection();
    world.engine.exit(containerName(release, 0), { exitCode: 1 });
    print("two");
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    world.engine.restart(containerName(release, 0));
    await eventually(["one", "two"]);
  });
});
