import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/domain/errors";
import { healthByPath } from "@/domain/health/health-settings";
import { containerName } from "@/domain/naming";
import { deployments, logChunks, phases } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World, type WorldOptions } from "@/testing/worker-world";

describeWithDatabase("deployments that fail", () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(() => world.tearDown());

  const enter = async (options: WorldOptions = {}) => {
    world = await createWorld(database, options);
    return world;
  };
  const run = () => runDueJobs(database.db, world.worker());
  const phasesOf = (id: string) =>
    database.db
      .select({ phase: phases.phase, outcome: phases.outcome, note: phases.note })
      .from(phases)
      .where(eq(phases.deploymentId, id))
      .orderBy(asc(phases.phase));
  const logOf = async (id: string) => {
    const chunks = await database.db
      .select()
      .from(logChunks)
      .where(eq(logChunks.sourceId, id))
      .orderBy(logChunks.firstOffset);
    return chunks.flatMap((chunk) => chunk.lines.map((line) => line.x));
  };

  describe("leave no trace, and the release before never notices:", () => {
    async function failSecond(arrange: (world: World) => void, options: WorldOptions = {}) {
      const { engine, edge, service } = await enter(options);
      const first = await world.deploy();
      await run();
      const route = edge.published.get(service.id);
      const containers = [...engine.containers.keys()];
      await world.repository.commit({ "server.js": "broken" });
      arrange(world);
      const second = await world.deploy();
      await run();
      const row = await world.deployment(second);
      expect(row).toMatchObject({ status: "failed", finishedAt: expect.any(Date) });
      expect(await world.serviceRow()).toMatchObject({ liveDeploymentId: first });
      expect(edge.published.get(service.id)).toEqual(route);
      expect([...engine.containers.keys()]).toEqual(containers);
      expect((await logOf(second)).at(-1)).toMatch(/^Failed: /);
      return { row, phases: await phasesOf(second) };
    }

    it("a build", async () => {
      const broken = { outcome: new AppError("build_failed"), lines: ["npm ERR!"] };
      const onBuild = () => (world.engine.images.references.length === 0 ? {} : broken);
      const { row, phases: seen } = await failSecond(() => undefined, { engine: { onBuild } });
      expect(row?.error).toMatchObject({ code: "build_failed", blame: "application" });
      expect(seen.at(-1)).toMatchObject({ phase: "building", outcome: "failed" });
    });

    it("an application that ends right after its start", async () => {
      const program = { prints: [{ stream: "stderr" as const, text: "no config" }], ends: { exitCode: 3 } };
      const onStart = () => (world.engine.containers.size === 1 ? {} : program);
      const { row } = await failSecond(() => undefined, { engine: { onStart } });
      expect(row?.error).toMatchObject({
        code: "container_exited",
        message: "The application stopped right after its start with exit code 3.",
        details: { exitCode: 3, lastLines: ["no config"] },
      });
      // Once: nobody starts it again before it can be looked at.
      expect(world.engine.journal.filter((entry) => entry.startsWith("start "))).toHaveLength(2);
    });

    it("an application that runs out of memory", async () => {
      const program = { ends: { exitCode: 137, outOfMemory: true } };
      const onStart = () => (world.engine.containers.size === 1 ? {} : program);
      const { row } = await failSecond(() => undefined, { engine: { onStart } });
      expect(row?.error).toMatchObject({ code: "container_out_of_memory" });
    });

    it("a health path that answers with an error", async () => {
      const { row, phases: seen } = await failSecond(
        ({ prober }) => {
          prober.answer = () => ({ ok: false, reason: "status", status: 500, body: "oops" });
        },
        { runtime: { health: healthByPath("/health") } },
      );
      expect(row?.error).toMatchObject({ code: "health_check_failed", details: { status: 500, body: "oops" } });
      expect(seen.at(-1)).toMatchObject({ phase: "verifying", outcome: "failed" });
    });

    it("an application on another port", async () => {
      const { row } = await failSecond(({ prober }) => {
        prober.answer = () => ({ ok: false, reason: "refused" });
        prober.open = [8080];
      });
      expect(row?.error).toMatchObject({ code: "port_not_open", details: { port: 3000, openPorts: [8080] } });
    });

    it("a directory in which nothing is found", async () => {
      const { row } = await failSecond(({ planner }) => {
        planner.fails = true;
      });
      expect(row?.error).toMatchObject({ code: "nothing_detected" });
    });
  });

  it("put the former route back where the router does not take the new one", async () => {
    const { engine, edge, service } = await enter();
    const first = await world.deploy();
    await run();
    edge.applying = false;
    await world.repository.commit({ "server.js": "version 2" });
    const second = await world.deploy();
    await run();
    expect(await world.deployment(second)).toMatchObject({ status: "failed", error: { code: "route_not_applied" } });
    expect(edge.published.get(service.id)).toMatchObject({ releaseId: first });
    expect([...engine.containers.keys()]).toEqual([containerName(first, 0)]);
  });

  it("are not stuck where what they were made with cannot be read, and hold up nobody", async () => {
    await enter();
    const unreadable = await world.deploy();
    await database.db.update(deployments).set({ environmentEncrypted: "v1.other.key" });
    await run();
    expect(await world.deployment(unreadable)).toMatchObject({
      status: "failed",
      error: { code: "inputs_unreadable", blame: "platform" },
    });
    expect((await phasesOf(unreadable))[0]).toMatchObject({ phase: "queued", outcome: "failed" });
    const next = await world.deploy();
    await run();
    expect(await world.deployment(next)).toMatchObject({ status: "live" });
  });
});
