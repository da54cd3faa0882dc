import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { asc, eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { AppError } from "@/domain/errors";
import { imageReference, label } from "@/domain/naming";
import { newId } from "@/server/db/new-id";
import {
  cleanupItems,
  cleanups,
  deployments,
  inspections,
  logChunks,
  serviceEvents,
  sessions,
} from "@/server/db/schema";
import { rollbackDeployment } from "@/server/services/deployment/rollback-deployment";
import { appendLogLines } from "@/server/services/log/append-log-lines";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { defaultBuild, makeMember, makeOrganization } from "@/testing/factories";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World, type WorldOptions } from "@/testing/worker-world";
import { cleanRetention } from "./clean-retention";
import { requestCleanup } from "./request-cleanup";

describeWithDatabase("cleanups", () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(() => world.tearDown());

  const clean = () => cleanRetention(world.worker(), new AbortController().signal);
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  const gib = 2 ** 30;
  type Row = typeof cleanups.$inferInsert;
  async function cleanUp(mode: Row["mode"], trigger: Row["trigger"] = "person") {
    const { id } = await world.db.transaction((tx) => requestCleanup(tx, world.web, { mode, trigger }));
    await runDueJobs(world.db, world.worker());
    const [report] = await world.db.select().from(cleanups).where(eq(cleanups.id, id));
    const items = await world.db
      .select()
      .from(cleanupItems)
      .where(eq(cleanupItems.cleanupId, id))
      .orderBy(asc(cleanupItems.position));
    return { report, items };
  }
  /** Deploys so many versions, and lets all that happened be so many days ago. */
  async function enter(versions: number, days: number, options: WorldOptions = {}): Promise<void> {
    world = await createWorld(database, { ...options, settings: { WARM_WINDOW_SECONDS: "0", ...options.settings } });
    for (let version = 1; version <= versions; version += 1) {
      await world.repository.commit({ "server.js": `version ${version}` });
      await world.deploy();
      await runDueJobs(database.db, world.worker());
    }
    const age = sql`${days} * interval '1 day'`;
    await database.db.update(deployments).set({
      createdAt: sql`created_at - ${age}`,
      finishedAt: sql`finished_at - ${age}`,
      retiredAt: sql`retired_at - ${age}`,
    });
  }
  const keptNumbers = async () =>
    (await world.deployments()).filter((row) => row.imageReference !== null).map((row) => row.number);

  it("removes old images that nobody goes back to, and their deployments say so", async () => {
    await enter(7, 6);
    await clean();
    expect(world.engine.images.references).toHaveLength(7);
    await database.db.update(deployments).set({ createdAt: daysAgo(8), finishedAt: daysAgo(8), retiredAt: daysAgo(8) });
    await clean();
    expect(world.engine.images.references).toHaveLength(5);
    expect(await keptNumbers()).toEqual([3, 4, 5, 6, 7]);
    expect((await world.deployments()).at(-1)?.status).toBe("live");
  });

  it("a preview changes nothing and says what the run that follows then does", async () => {
    await enter(3, 30, { settings: { IMAGES_KEPT_PER_SERVICE: "1", BUILD_CACHE_MAX_GB: "2" } });
    world.engine.buildCache = { totalBytes: 5 * gib, unusedBytes: 5 * gib };
    const journal = [...world.engine.journal];
    const preview = await cleanUp("preview");
    expect(world.engine.journal).toEqual(journal);
    expect(preview.report).toMatchObject({
      status: "done",
      freedBytes: 0,
      error: null,
      policy: { imagesPerService: 1 },
    });
    expect(preview.items.map((item) => [item.kind, item.deploymentNumber, item.verdict, item.reason])).toEqual(
      expect.arrayContaining([
        ["image", 1, "remove", "expired"],
        ["image", 2, "remove", "expired"],
        ["image", 3, "keep", "live"],
        ["build_cache", null, "remove", "too_much"],
      ]),
    );
    const goes = preview.items.filter((item) => item.verdict === "remove");
    const { report, items } = await cleanUp("clean");
    expect(items.map((item) => [item.name, item.freesBytes, item.reason])).toEqual(
      goes.map((item) => [item.name, item.freesBytes, item.reason]),
    );
    expect(items.every((item) => item.outcome === "removed")).toBe(true);
    expect(report).toMatchObject({
      status: "done",
      freedBytes: goes.reduce((sum, item) => sum + item.freesBytes, 0),
      finishedAt: expect.any(Date),
    });
    expect(world.engine.images.references).toHaveLength(1);
    expect(world.engine.buildCache.totalBytes).toBe(2 * gib);
    expect((await cleanUp("clean")).items).toEqual([]);
  });

  it("on a disk that is nearly full recent images go too, but those one may go back to stay", async () => {
    await enter(4, 0, { settings: { IMAGES_KEPT_PER_SERVICE: "2", BUILD_CACHE_MAX_GB: "8" } });
    world.engine.buildCache = { totalBytes: 8 * gib, unusedBytes: 8 * gib };
    expect((await cleanUp("clean")).items).toEqual([]);
    const { items } = await cleanUp("clean", "disk");
    expect(items.map((item) => [item.deploymentNumber, item.reason])).toEqual([
      [1, "superfluous"],
      [2, "superfluous"],
      [null, "too_much"],
    ]);
    expect(await keptNumbers()).toEqual([3, 4]);
    expect(world.engine.buildCache.totalBytes).toBe(2 * gib);
  });

  it("never touches what it did not build, whatever that inherited from an image of ours", async () => {
    await enter(1, 30);
    const labels = world.engine.images.find(world.engine.images.references[0] ?? "")?.labels ?? {};
    const foreign = ["old:1", "mirror.example.com/team/app:1"];
    world.engine.images.add(foreign[0] ?? "", {});
    world.engine.images.add(foreign[1] ?? "", { labels });
    world.engine.images.add("helvetia/other:1", { labels: { ...labels, [label.instance]: "another" } });
    const unnamed = imageReference(world.service.id, "0".repeat(32));
    world.engine.images.add(unnamed, { labels: { ...labels, [label.release]: newId("deployment") } });
    const { items } = await cleanUp("clean", "disk");
    expect(items.map((item) => [item.name, item.reason])).toEqual([[unnamed, "unnamed"]]);
    expect(world.engine.images.references).toEqual(expect.arrayContaining([...foreign, "helvetia/other:1"]));
  });

  it("spares the image of a service that somebody works on, and one that was gone back to meanwhile", async () => {
    await enter(3, 30, { settings: { IMAGES_KEPT_PER_SERVICE: "1" } });
    const [first] = await world.deployments();
    const listImages = world.engine.listImages.bind(world.engine);
    let looks = 0;
    world.engine.listImages = async (labels) => {
      looks += 1;
      // After the plan was made, before the first item's turn.
      if (looks === 2) await rollbackDeployment(world.web, first?.id ?? "");
      return listImages(labels);
    };
    const { items } = await cleanUp("clean");
    expect(items.map((item) => [item.deploymentNumber, item.outcome]).sort()).toEqual([
      [1, "spared"],
      [2, "removed"],
    ]);
    expect((await world.deployments()).at(-1)).toMatchObject({ status: "live", rollbackOfId: first?.id });
  });

  it("who goes back to an image while it is let go of is told that it is gone", async () => {
    await enter(2, 30);
    const [first] = await world.deployments();
    const isBlocked = async () => {
      const { rows } = await world.db.execute(sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      return rows.length > 0;
    };
    let asked: Promise<unknown> = Promise.resolve();
    await world.db.transaction(async (tx) => {
      await tx.execute(sql`select from services where id = ${world.service.id} for update`);
      asked = rollbackDeployment(world.web, first?.id ?? "").catch((error: unknown) => error);
      await expect.poll(isBlocked).toBe(true);
      await tx.update(deployments).set({ imageReference: null }).where(eq(deployments.number, 1));
    });
    expect(await asked).toMatchObject({ code: "image_gone" });
  });

  it("an image that a container uses stays, says so, and can be gone back to", async () => {
    await enter(2, 30, { settings: { IMAGES_KEPT_PER_SERVICE: "1" } });
    world.engine.failNext("removeImage", new AppError("engine_refused", { details: { reason: "in use" } }));
    const { items, report } = await cleanUp("clean");
    expect(items).toMatchObject([{ outcome: "failed", error: { code: "engine_refused" } }]);
    expect(report).toMatchObject({ status: "done", freedBytes: 0 });
    expect(await keptNumbers()).toEqual([1, 2]);
  });

  it("without the Engine it cleans the rest, and says what it could not look at", async () => {
    world = await createWorld(database);
    const source = { sourceId: "dep_a", serviceId: world.service.id, kind: "build" as const };
    await appendLogLines(database.db, source, [{ t: 0, s: "stdout", x: "old" }]);
    await database.db.update(logChunks).set({ at: daysAgo(15) });
    await appendLogLines(database.db, source, [{ t: 0, s: "stdout", x: "new" }]);
    world.engine.down = true;
    const { items, report } = await cleanUp("clean");
    expect(report).toMatchObject({ status: "done", error: { code: "engine_unavailable" }, freedBytes: 0 });
    expect(items).toMatchObject([{ kind: "logs", label: "1 line", outcome: "removed" }]);
    expect(items[0]?.freesBytes).toBeGreaterThan(0);
    expect((await database.db.select().from(logChunks)).map((row) => row.firstOffset)).toEqual([1]);
  });

  it("mirrors go that no service names and nobody used for long", async () => {
    await enter(1, 30);
    const other = world.git.createRepository("https://git.example.com/other.git");
    await other.commit({ a: "1" });
    const fetched = { url: other.url, token: null };
    await world.git.fetch(fetched, { branch: "main" }, () => {}, new AbortController().signal);
    expect((await cleanUp("clean")).items).toEqual([]);
    for (const url of world.git.usedAt.keys()) world.git.usedAt.set(url, daysAgo(8));
    expect((await cleanUp("clean")).items).toMatchObject([{ kind: "mirror", label: other.url, outcome: "removed" }]);
    expect((await world.git.mirrors()).map((mirror) => mirror.url)).toEqual([world.repository.url]);
  });

  it("removes the checkouts of deployments that are over, and no others", async () => {
    world = await createWorld(database);
    const waiting = await world.deploy();
    await database.db.execute(sql`delete from graphile_worker._private_jobs`);
    const { buildsDir } = world.config;
    for (const name of [waiting, newId("deployment"), `${newId("deployment")}.partial`]) {
      await mkdir(path.join(buildsDir, name), { recursive: true });
      await writeFile(path.join(buildsDir, name, "file"), "x");
    }
    const { items } = await cleanUp("clean");
    expect(items.map((item) => item.outcome)).toEqual(["removed", "removed"]);
    expect(await readdir(buildsDir)).toEqual([waiting]);
  });

  it("removes ended sessions, yesterday's inspections and very old history", async () => {
    world = await createWorld(database);
    const { session } = await makeMember(database.db, (await makeOrganization(database.db)).id, "owner");
    await database.db
      .update(sessions)
      .set({ expiresAt: daysAgo(31) })
      .where(eq(sessions.id, session.id));
    const inspection = { projectId: world.project.id, build: defaultBuild, source: world.service.source };
    await database.db.insert(inspections).values([
      { ...inspection, id: newId("inspection"), createdAt: daysAgo(2) },
      { ...inspection, id: newId("inspection") },
    ]);
    const event = { serviceId: world.service.id, kind: "service_stopped" as const, details: { byUserId: null } };
    const entry = (key: string, at: Date) => ({ ...event, id: newId("serviceEvent"), key, at });
    const many = Array.from({ length: 2_005 }, (_, n) => entry(`${n}`, new Date(Date.now() - n * 1_000)));
    await database.db.insert(serviceEvents).values([entry("old", daysAgo(91)), ...many]);
    await clean();
    expect(await database.db.select().from(sessions)).toEqual([]);
    expect(await database.db.select().from(inspections)).toHaveLength(1);
    const kept = await database.db.select().from(serviceEvents).orderBy(asc(serviceEvents.at));
    expect(kept).toHaveLength(2_000);
    expect(kept[0]?.key).toBe("1999");
  });

  it("asking for what is under way is asking for that; of previews the newest stays", async () => {
    world = await createWorld(database);
    const ask = () => world.db.transaction((tx) => requestCleanup(tx, world.web, { mode: "clean", trigger: "person" }));
    const both = await Promise.all([ask(), ask()]);
    expect(new Set(both.map((one) => one.id)).size).toBe(1);
    expect(both.filter((one) => one.isNew)).toHaveLength(1);
    await cleanUp("preview");
    const { report } = await cleanUp("preview");
    const rows = await world.db.select().from(cleanups).where(eq(cleanups.mode, "preview"));
    expect(rows.map((row) => row.id)).toEqual([report?.id]);
  });
});
