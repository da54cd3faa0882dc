import { readdir } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { defaultBuild } from "@/testing/factories";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World } from "@/testing/worker-world";
import { createInspection } from "./create-inspection";
import { getInspection } from "./get-inspection";

describeWithDatabase("inspectRepository", () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(() => world.tearDown());

  async function inspect(changes: { branch?: string; rootDirectory?: string; url?: string } = {}) {
    const source = { url: world.repository.url, branch: "", rootDirectory: "", ...changes };
    const { id } = await createInspection(world.web, {
      projectId: world.project.id,
      source,
      build: defaultBuild,
      gitToken: null,
    });
    await runDueJobs(database.db, world.worker());
    return getInspection(world.web, id);
  }

  it("tells the branches, the newest commit and the plan, and leaves no files", async () => {
    world = await createWorld(database);
    const commit = await world.repository.commit({ "server.js": "2" }, { message: "Second" });
    expect(await inspect()).toMatchObject({
      status: "done",
      error: null,
      result: {
        branches: ["main"],
        branch: "main",
        commitSha: commit,
        commitMessage: "Second",
        plan: { label: "Node.js" },
        planError: null,
      },
    });
    expect(await readdir(world.config.buildsDir)).toEqual([]);
  });

  it("says why there is no plan, which a person can change", async () => {
    world = await createWorld(database);
    world.planner.fails = true;
    expect(await inspect()).toMatchObject({
      status: "done",
      result: { plan: null, planError: { message: expect.any(String), fix: expect.any(String) } },
    });
    world.planner.fails = false;
    expect(await inspect({ rootDirectory: "nowhere" })).toMatchObject({
      status: "done",
      result: { plan: null, planError: { message: "The root directory does not exist in this commit." } },
    });
  });

  it("fails with what was wrong with the repository", async () => {
    world = await createWorld(database);
    expect(await inspect({ url: "https://git.example.com/other.git" })).toMatchObject({
      status: "failed",
      result: null,
      error: { code: "repository_not_found" },
    });
    expect(await inspect({ branch: "nowhere" })).toMatchObject({
      status: "failed",
      error: { code: "branch_not_found" },
    });
  });

  it("does not go on for ever after what nobody foresaw", async () => {
    world = await createWorld(database);
    world.git.failures.set("fetch", new Error("boom"));
    expect(await inspect()).toMatchObject({ status: "failed", error: { code: "unexpected" } });
  });
});
