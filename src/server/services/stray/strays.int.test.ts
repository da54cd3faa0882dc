import { asc } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { AppError } from "@/domain/errors";
import { containerName, imageReference, label } from "@/domain/naming";
import { newId } from "@/server/db/new-id";
import { services, strays } from "@/server/db/schema";
import { removeLeftovers } from "@/server/services/release/remove-leftovers";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { runDueJobs } from "@/testing/run-jobs";
import { createWorld, type World } from "@/testing/worker-world";
import { listStrays } from "./list-strays";
import { lookForStrays } from "./look-for-strays";
import { requestStrayRemoval } from "./request-stray-removal";

describeWithDatabase("strays", () => {
  let database: TestDatabase;
  let world: World;
  let first: string;
  let second: string;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(() => world.tearDown());

  async function enter(): Promise<void> {
    world = await createWorld(database, { settings: { WARM_WINDOW_SECONDS: "0" } });
    first = await world.deploy();
    await run();
    await world.repository.commit({ "server.js": "version 2" });
    second = await world.deploy();
    await run();
  }
  const run = () => runDueJobs(database.db, world.worker());
  const look = () => lookForStrays(world.worker());
  const tidy = () => removeLeftovers(world.worker(), new AbortController().signal);
  const names = () => [...world.engine.containers.keys()].sort();
  const named = async () => {
    const rows = await world.db.select().from(strays).orderBy(asc(strays.kind), asc(strays.name));
    return rows.map((row) => `${row.kind} ${row.name} ${row.reason}`);
  };
  async function addContainer(name: string, labels: Record<string, string>): Promise<void> {
    const live = world.engine.containers.get(containerName(second, 0));
    if (!live) throw new Error("nothing runs");
    await world.engine.ensureContainer({ ...live.spec, name, labels: { ...live.spec.labels, ...labels } });
  }

  it("there are none after ordinary work", async () => {
    await enter();
    await look();
    expect(await named()).toEqual([]);
  });

  it("what a deployment left goes by itself, what no row knows is named and stays", async () => {
    await enter();
    await addContainer(containerName(first, 0), { [label.release]: first });
    const unknown = newId("deployment");
    await addContainer(containerName(unknown, 0), { [label.release]: unknown });
    await addContainer("by-hand", {});
    await addContainer("of-another", { [label.service]: newId("service") });
    await world.engine.ensureNetwork({
      ...{ name: "left-network", subnet: "10.9.0.0/26", bridge: "left" },
      labels: { [label.managed]: "true", [label.instance]: world.config.instanceId, [label.environment]: "env_gone" },
    });
    const gone = newId("service");
    const image = imageReference(gone, "0".repeat(32));
    const own = { [label.managed]: "true", [label.instance]: world.config.instanceId };
    world.engine.images.add(image, { labels: { ...own, [label.service]: gone } });
    await tidy();
    await look();
    expect(names()).toEqual([containerName(second, 0), containerName(unknown, 0), "by-hand", "of-another"].sort());
    expect(await named()).toEqual(
      [
        `container ${containerName(unknown, 0)} unknown_release`,
        "container by-hand unexpected_name",
        "container of-another unknown_service",
        `image ${image} unknown_service`,
        "network left-network unknown_environment",
      ].sort(),
    );
    const before = await world.db.select().from(strays);
    await look();
    expect(await world.db.select().from(strays)).toEqual(before);
  });

  it("goes when somebody says so, and is forgotten when somebody else removed it", async () => {
    await enter();
    await addContainer("one", { [label.service]: newId("service") });
    await addContainer("two", { [label.service]: newId("service") });
    await look();
    const { items } = await listStrays(world.web, { limit: 10, organizationId: "" });
    const one = items.find((item) => item.name === "one");
    expect(one).toMatchObject({ kind: "container", reason: "unknown_service", removalRequested: false });
    await requestStrayRemoval(world.web, one?.id ?? "");
    expect((await listStrays(world.web, { limit: 10, organizationId: "" })).items).toContainEqual(
      expect.objectContaining({ name: "one", removalRequested: true }),
    );
    await run();
    expect(names()).toEqual([containerName(second, 0), "two"]);
    await world.engine.removeContainer("two");
    await look();
    expect(await named()).toEqual([]);
    await expect(requestStrayRemoval(world.web, one?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
  });

  it("says why the Engine refused, and may be asked again", async () => {
    await enter();
    await addContainer("one", { [label.service]: newId("service") });
    await look();
    const [row] = await world.db.select().from(strays);
    world.engine.failNext("removeContainer", new AppError("engine_refused"));
    await requestStrayRemoval(world.web, row?.id ?? "");
    await run();
    const [refused] = (await listStrays(world.web, { limit: 10, organizationId: "" })).items;
    expect(refused).toMatchObject({ removalRequested: false, error: { code: "engine_refused" } });
    await requestStrayRemoval(world.web, row?.id ?? "");
    await run();
    expect(await named()).toEqual([]);
  });

  it("what became known meanwhile is not removed", async () => {
    await enter();
    const serviceId = newId("service");
    await addContainer(containerName(second, 0).replace(/0$/, "7"), {
      [label.service]: serviceId,
      [label.replica]: "7",
    });
    await look();
    const [row] = await world.db.select().from(strays);
    await requestStrayRemoval(world.web, row?.id ?? "");
    await world.db
      .insert(services)
      .values({ ...world.service, id: serviceId, slug: "restored", platformHost: "restored.localhost" });
    await run();
    expect(names()).toHaveLength(2);
    expect(await named()).toEqual([]);
  });
});
