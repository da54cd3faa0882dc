/**
 * The worker is killed after every single side effect of everything it does, and another one takes over: the end must be
 * the same as if nobody had died, with nothing left behind and nothing there twice.
 */
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { sweep } from "@/server/services/worker/sweep";
import { dieAtEverySideEffect, Life } from "@/testing/crash";
import { type CrashScenario, crashScenarios } from "@/testing/crash-scenarios";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World } from "@/testing/worker-world";
import { worldState } from "@/testing/world-state";

describeWithDatabase("a worker that dies at any moment", () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(() => world.tearDown());

  /** Lets a worker with that life do what is asked, and another one whatever is left. */
  async function play(scenario: CrashScenario, life: Life) {
    await world?.tearDown();
    world = await createWorld(database, scenario.options?.());
    await scenario.arrange?.(world);
    await scenario.ask(world);
    await runDueJobs(database.db, world.worker(life)).catch((error: unknown) => {
      if (!life.isOver) throw error;
    });
    await world.lapseLeases();
    const successor = world.worker();
    await sweep(successor, { deadAfterMs: 0 });
    await runDueJobs(database.db, successor);
    return worldState(world);
  }

  it.each(crashScenarios)("$name: killed once, after every side effect", async (scenario) => {
    const expected = await play(scenario, new Life(null));
    expect(expected).toMatchObject(scenario.end);
    const deaths = await dieAtEverySideEffect(async (life) => {
      expect(await play(scenario, life)).toEqual(expected);
    }, scenario.atLeast);
    process.stdout.write(`${scenario.name}: ${deaths} deaths survived\n`);
  });

  it.each(crashScenarios.filter((one) => !one.needsSuccessor))("$name: killed again and again", async (scenario) => {
    const expected = await play(scenario, new Life(null));
    for (const effects of [12, 17]) {
      await world.tearDown();
      world = await createWorld(database, scenario.options?.());
      await scenario.arrange?.(world);
      await scenario.ask(world);
      let lives = 0;
      for (let isOver = false; !isOver; lives += 1) {
        expect(lives).toBeLessThan(40);
        const life = new Life({ effects });
        await sweep(world.worker(), { deadAfterMs: 0 });
        await runDueJobs(database.db, world.worker(life)).catch((error: unknown) => {
          if (!life.isOver) throw error;
        });
        await world.lapseLeases();
        isOver = !life.isOver;
      }
      expect(await worldState(world)).toEqual(expected);
    }
  });
});
