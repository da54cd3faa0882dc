import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { AppError } from "@/domain/errors";
import { healthByPath } from "@/domain/health/health-settings";
import { containerName } from "@/domain/naming";
import { logChunks, phases } from "@/server/db/schema";
import { cancelDeployment } from "@/server/services/deployment/cancel-deployment";
import { rollbackDeployment } from "@/server/services/deployment/rollback-deployment";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World, type WorldOptions } from "@/testing/worker-world";

describeWithDatabase("deployments", () => {
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

  it("bring a commit to traffic, phase by phase", async () => {
    const { engine, edge, service } = await enter({ runtime: { replicas: 2, health: healthByPath("/health") } });
    const id = await world.deploy();
    await run();
    expect(await world.deployment(id)).toMatchObject({
      status: "live",
      commitMessage: "Change",
      buildSkipped: null,
      error: null,
      startedAt: expect.any(Date),
      finishedAt: expect.any(Date),
    });
    expect(await world.serviceRow()).toMatchObject({ liveDeploymentId: id });
    expect(await phasesOf(id)).toEqual(
      ["queued", "fetching", "building", "releasing", "verifying", "routing"].map((phase) => ({
        phase,
        outcome: "done",
        note: null,
      })),
    );
    expect([...engine.containers.keys()]).toEqual([containerName(id, 0), containerName(id, 1)]);
    expect(edge.published.get(service.id)).toMatchObject({ releaseId: id, state: "running" });
    expect(edge.published.get(service.id)?.endpoints).toHaveLength(2);
    expect(await logOf(id)).toEqual(expect.arrayContaining(["Begun.", "Building: Node.js", "Live."]));
  });

  it("replace the release before, which stays warm", async () => {
    const { engine } = await enter();
    const first = await world.deploy();
    await run();
    await world.repository.commit({ "server.js": "version 2" });
    const second = await world.deploy();
    expect(await run()).toEqual(["deployment.run", "release.cool"]);
    const [before, after] = await world.deployments();
    expect(before).toMatchObject({ status: "retired", warmUntil: expect.any(Date), drainedAt: expect.any(Date) });
    expect(after).toMatchObject({ status: "live", warmUntil: null });
    expect(after?.changes).toMatchObject({
      comparedWithId: first,
      files: [{ path: "server.js", change: "modified" }],
    });
    expect([...engine.containers.keys()]).toEqual([containerName(first, 0), containerName(second, 0)]);
  });

  it("of the same content skip the build, and say so", async () => {
    const { engine, git } = await enter();
    await world.deploy();
    await run();
    const again = await world.deploy();
    await run();
    expect(await world.deployment(again)).toMatchObject({ status: "live", buildSkipped: "content" });
    expect((await phasesOf(again))[2]).toEqual({
      phase: "building",
      outcome: "skipped",
      note: "Same content as #1: its image is used.",
    });
    expect(engine.journal.filter((entry) => entry.startsWith("build"))).toHaveLength(1);
    expect(git.calls.filter((call) => call.method === "checkout")).toHaveLength(1);
  });

  it("of a prebuilt image fetch and build nothing", async () => {
    const { git } = await enter({
      source: { type: "image", reference: "nginx:1" },
      engine: { onPull: () => ({ exposedPorts: [80] }) },
      runtime: { port: null },
    });
    const id = await world.deploy();
    await run();
    expect(await world.deployment(id)).toMatchObject({ status: "live", buildSkipped: "prebuilt", plan: { port: 80 } });
    expect((await phasesOf(id))[2]).toMatchObject({ phase: "building", outcome: "skipped" });
    expect(git.calls).toEqual([]);
  });

  it("of a prebuilt image take what its registry has now, but for those that go back", async () => {
    const has = { digest: "sha256:1" };
    const { engine } = await enter({
      source: { type: "image", reference: "nginx:1" },
      engine: { onPull: () => has },
      settings: { WARM_RELEASES_PER_SERVICE: "0" },
    });
    const first = await world.deploy();
    await run();
    has.digest = "sha256:2";
    const second = await world.deploy();
    await run();
    has.digest = "sha256:3";
    const { id: back } = await rollbackDeployment(world.web, first);
    await run();
    const [one, two, three] = [first, second, back].map((id) => world.deployment(id));
    expect(await one).toMatchObject({ imageReference: "nginx:1@sha256:1" });
    expect(await two).toMatchObject({ imageReference: "nginx:1@sha256:2" });
    expect(await three).toMatchObject({ status: "live", imageId: (await one)?.imageId });
    expect((await two)?.imageId).not.toBe((await one)?.imageId);
    expect(engine.journal.filter((entry) => entry.startsWith("pull"))).toHaveLength(2);
  });

  it("go back to a warm release by a flip of the route alone", async () => {
    const { engine, edge, service } = await enter();
    const first = await world.deploy();
    await run();
    await world.repository.commit({ "server.js": "version 2" });
    const second = await world.deploy();
    await run();
    const before = engine.journal.length;
    const { id } = await rollbackDeployment(world.web, first);
    await run();
    expect(await world.deployment(id)).toMatchObject({ status: "live", releaseId: first, warmUntil: null });
    expect(engine.journal.slice(before)).toEqual([]);
    expect(edge.published.get(service.id)).toMatchObject({ releaseId: first });
    const [one, two] = await world.deployments();
    expect(one).toMatchObject({ status: "retired", warmUntil: null });
    expect(two).toMatchObject({ id: second, status: "retired", warmUntil: expect.any(Date) });
    expect((await phasesOf(id)).map(({ outcome }) => outcome)).toEqual([
      "done",
      "skipped",
      "skipped",
      "done",
      "done",
      "done",
    ]);
  });

  it("go back to a release that is gone with its kept image", async () => {
    const { engine } = await enter({ settings: { WARM_RELEASES_PER_SERVICE: "0" } });
    const first = await world.deploy();
    await run();
    await world.repository.commit({ "server.js": "version 2" });
    const second = await world.deploy();
    await run();
    expect([...engine.containers.keys()]).toEqual([containerName(second, 0)]);
    const { id } = await rollbackDeployment(world.web, first);
    await run();
    expect(await world.deployment(id)).toMatchObject({ status: "live", releaseId: first });
    expect([...engine.containers.keys()]).toEqual([containerName(first, 0)]);
    expect(engine.journal.filter((entry) => entry.startsWith("build"))).toHaveLength(2);
  });

  it("wait for an Engine that is away for a moment", async () => {
    const { engine } = await enter({ settings: { HEALTH_TIMEOUT_SECONDS: "5" } });
    engine.failNext("ensureContainer", new AppError("engine_unavailable"));
    engine.failNext("listContainers", new AppError("engine_unavailable"));
    const id = await world.deploy();
    await run();
    expect(await world.deployment(id)).toMatchObject({ status: "live" });
  });

  it("start again what ended together with the Engine, which is no fault of the application's", async () => {
    const { engine, prober } = await enter();
    const id = await world.deploy();
    prober.answer = () => {
      prober.answer = () => ({ ok: true });
      engine.exit(containerName(id, 0), { exitCode: 143 });
      engine.failNext("listContainers", new AppError("engine_unavailable"));
      return { ok: false, reason: "reset" };
    };
    await run();
    expect(await world.deployment(id)).toMatchObject({ status: "live", error: null });
    expect(engine.journal.filter((entry) => entry.startsWith("start "))).toHaveLength(2);
  });

  it("that pile up coalesce: of ten pushes behind a build two are built", async () => {
    let pushed: Promise<string[]> | null = null;
    const { engine } = await enter({
      engine: {
        onBuild: () => {
          pushed ??= pushMore();
          return {};
        },
      },
    });
    async function pushMore() {
      const ids: string[] = [];
      for (let n = 2; n <= 10; n += 1) {
        await world.repository.commit({ "server.js": `version ${n}` });
        ids.push(await world.deploy());
      }
      return ids;
    }
    // The build goes on until all pushes are there.
    const buildImage = engine.buildImage.bind(engine);
    engine.buildImage = async (...args) => {
      const built = await buildImage(...args);
      await pushed;
      return built;
    };
    await world.deploy();
    await run();
    const all = await world.deployments();
    const last = all.at(-1);
    expect(all.map((one) => one.status)).toEqual(["retired", ...Array(8).fill("superseded"), "live"]);
    expect(all.slice(1, -1).every((one) => one.supersededById === last?.id)).toBe(true);
    expect(engine.journal.filter((entry) => entry.startsWith("build"))).toHaveLength(2);
    expect((await phasesOf(all[1]?.id ?? ""))[0]).toMatchObject({ outcome: "cancelled", note: "Superseded by #10." });
  });

  it("that nobody works on any more are cancelled without beginning", async () => {
    const { engine } = await enter();
    const id = await world.deploy();
    await cancelDeployment(world.web, id);
    await run();
    expect(await world.deployment(id)).toMatchObject({ status: "cancelled" });
    expect(engine.journal).toEqual([]);
  });

  it("beyond the worker's slots wait in the queue, while a rollback does not", async () => {
    await enter({ settings: { DEPLOY_CONCURRENCY: "1" } });
    const worker = world.worker();
    const other = worker.buildSlots.tryAcquire();
    const id = await world.deploy();
    await runDueJobs(database.db, worker);
    expect(await world.deployment(id)).toMatchObject({ status: "queued" });
    other?.release();
    await world.lapseLeases();
    const { sweep } = await import("@/server/services/worker/sweep");
    await sweep(worker);
    await runDueJobs(database.db, worker);
    expect(await world.deployment(id)).toMatchObject({ status: "live" });
    await world.repository.commit({ "server.js": "version 2" });
    await world.deploy();
    await runDueJobs(database.db, worker);
    worker.buildSlots.tryAcquire();
    const back = await rollbackDeployment(world.web, id);
    await runDueJobs(database.db, worker);
    expect(await world.deployment(back.id)).toMatchObject({ status: "live" });
  });
});
