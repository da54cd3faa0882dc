import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { asc } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { cleanups } from "@/server/db/schema";
import { rollbackDeployment } from "@/server/services/deployment/rollback-deployment";
import { getPlatform } from "@/server/services/platform/get-platform";
import { restartService } from "@/server/services/service/restart-service";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { describeAsRoot } from "@/testing/describe-as-root";
import { runDueJobs } from "@/testing/run-jobs";
import { mountSmallDisk, type SmallDisk } from "@/testing/small-disk";
import { createWorld, type World, type WorldOptions } from "@/testing/worker-world";
import { guardDisks } from "./guard-disks";

const gib = 2 ** 30;

describeWithDatabase("the disk guard", () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(() => world.tearDown());

  async function enter(settings: Record<string, string> = {}, options: WorldOptions = {}): Promise<void> {
    world = await createWorld(database, {
      ...options,
      settings: { DISK_CLEAN_AT: "85%", DISK_REFUSE_BUILDS_AT: "95%", ...settings },
    });
    engineDisk(50);
  }
  const engineDisk = (usedPercent: number) => {
    world.engine.disk = { totalBytes: 100 * gib, freeBytes: (100 - usedPercent) * gib };
  };
  const run = () => runDueJobs(database.db, world.worker());
  const guard = () => guardDisks(world.worker());
  const deploy = async (content: string) => {
    await world.repository.commit({ "server.js": content });
    const id = await world.deploy();
    await run();
    return world.deployment(id);
  };
  const pressed = async () =>
    (await database.db.select().from(cleanups).orderBy(asc(cleanups.createdAt))).map((row) => row.trigger);

  it("at the first mark it cleans, once, and everybody is told", async () => {
    await enter({ IMAGES_KEPT_PER_SERVICE: "2", WARM_WINDOW_SECONDS: "0" });
    for (const content of ["1", "2", "3", "4"]) await deploy(content);
    await guard();
    expect(await pressed()).toEqual([]);
    expect(await getPlatform(world.web)).toMatchObject({ fullDisk: null });
    engineDisk(90);
    const calmMs = await guard();
    expect(await pressed()).toEqual(["disk"]);
    expect(await getPlatform(world.web)).toMatchObject({
      fullDisk: { place: "engine", level: "clean", usedPercent: 90 },
    });
    await run();
    expect(world.engine.images.references).toHaveLength(2);
    expect(await guard()).toBeLessThanOrEqual(calmMs);
    expect(await pressed()).toEqual(["disk"]);
    // Worse is a reason to look again for what can go.
    engineDisk(96);
    await guard();
    expect(await pressed()).toEqual(["disk", "disk"]);
    await run();
    engineDisk(40);
    await guard();
    expect(await getPlatform(world.web)).toMatchObject({ fullDisk: null });
  });

  it("below the second mark it builds", async () => {
    await enter();
    engineDisk(94);
    expect(await deploy("1")).toMatchObject({ status: "live" });
  });

  it("at the second mark it builds nothing new, says why, and what needs no build goes on", async () => {
    await enter();
    const first = await deploy("1");
    await deploy("2");
    engineDisk(96);
    const journal = [...world.engine.journal];
    const refused = await deploy("3");
    expect(refused).toMatchObject({
      status: "failed",
      error: { code: "disk_nearly_full", message: expect.stringContaining("96% full"), details: { place: "engine" } },
    });
    expect(world.engine.journal).toEqual(journal);
    const { id } = await rollbackDeployment(world.web, first?.id ?? "");
    await run();
    expect(await world.deployment(id)).toMatchObject({ status: "live" });
    const restarted = await restartService(world.web, world.service.id);
    await run();
    expect(await world.deployment(restarted.id)).toMatchObject({ status: "live" });
    expect(await deploy("2")).toMatchObject({ status: "live", buildSkipped: "content" });
    engineDisk(50);
    expect(await deploy("3")).toMatchObject({ status: "live" });
  });

  it("pulls nothing either, and starts an image that is there", async () => {
    await enter({}, { source: { type: "image", reference: "ghcr.io/team/app:1" } });
    engineDisk(96);
    const refused = await world.deploy();
    await run();
    expect(await world.deployment(refused)).toMatchObject({ status: "failed", error: { code: "disk_nearly_full" } });
    world.engine.images.add("ghcr.io/team/app:1", {});
    const present = await world.deploy();
    await run();
    expect(await world.deployment(present)).toMatchObject({ status: "live" });
  });

  describeAsRoot("on a disk of its own", () => {
    it("watches the disk of the data directory: a real one, that is really full", async () => {
      const directory = await mkdtemp(path.join(tmpdir(), "disk-"));
      let disk: SmallDisk | null = null;
      try {
        disk = await mountSmallDisk(directory, 64);
        await enter({ HELVETIA_DATA_DIR: disk.path });
        expect(await deploy("1")).toMatchObject({ status: "live" });
        await guard();
        expect(await getPlatform(world.web)).toMatchObject({ fullDisk: null });
        await disk.fill();
        await guard();
        expect(await getPlatform(world.web)).toMatchObject({ fullDisk: { place: "data", level: "refuse" } });
        expect(await deploy("2")).toMatchObject({
          status: "failed",
          error: { code: "disk_nearly_full", details: { place: "data" } },
        });
        await disk.empty();
        expect(await deploy("2")).toMatchObject({ status: "live" });
      } finally {
        await disk?.unmount();
        await rm(directory, { recursive: true, force: true });
      }
    });
  });
});
