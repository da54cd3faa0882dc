import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { newId } from "@/server/db/new-id";
import { deployments, inspections, logChunks, sessions } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { defaultBuild, makeMember, makeOrganization } from "@/testing/factories";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World } from "@/testing/worker-world";
import { cleanRetention } from "./clean-retention";

describeWithDatabase("cleanRetention", () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(() => world.tearDown());
  const clean = () => cleanRetention(world.worker(), new AbortController().signal);
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

  it("removes old images that nobody goes back to, and their deployments say so", async () => {
    world = await createWorld(database);
    for (let version = 1; version <= 7; version += 1) {
      await world.repository.commit({ "server.js": `version ${version}` });
      await world.deploy();
      await runDueJobs(database.db, world.worker());
    }
    await clean();
    expect(world.engine.images.references).toHaveLength(7);
    await database.db
      .update(deployments)
      .set({ createdAt: daysAgo(30), finishedAt: daysAgo(30), retiredAt: sql`retired_at - interval '30 days'` });
    await clean();
    expect(world.engine.images.references).toHaveLength(5);
    const rows = await world.deployments();
    expect(rows.map((row) => row.imageReference !== null)).toEqual([false, false, true, true, true, true, true]);
    expect(rows.at(-1)?.status).toBe("live");
  });

  it("removes old log lines, ended sessions and yesterday's inspections", async () => {
    world = await createWorld(database);
    const chunk = { sourceId: "dep_a", kind: "build" as const, serviceId: "svc_a", lineCount: 1, bytes: 2, lines: [] };
    await database.db.insert(logChunks).values([
      { ...chunk, firstOffset: 0, at: daysAgo(15) },
      { ...chunk, firstOffset: 1, at: daysAgo(13) },
    ]);
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
    await clean();
    expect((await database.db.select().from(logChunks)).map((row) => row.firstOffset)).toEqual([1]);
    expect(await database.db.select().from(sessions)).toEqual([]);
    expect(await database.db.select().from(inspections)).toHaveLength(1);
  });

  it("removes the checkouts of deployments that are over, and no others", async () => {
    world = await createWorld(database);
    const waiting = await world.deploy();
    const { buildsDir } = world.config;
    for (const name of [waiting, newId("deployment"), `${newId("deployment")}.partial`]) {
      await mkdir(path.join(buildsDir, name), { recursive: true });
      await writeFile(path.join(buildsDir, name, "file"), "x");
    }
    await clean();
    expect(await readdir(buildsDir)).toEqual([waiting]);
  });
});
