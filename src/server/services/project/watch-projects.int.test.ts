import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { OrganizationContext, UserContext } from "@/server/context";
import { projects } from "@/server/db/schema";
import type { ChangeEvent } from "@/server/events";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeOrganization, makeProject } from "@/testing/factories";
import { makeChangeFeed, makeOwnerContext } from "@/testing/service-context";
import { watchProjects } from "./watch-projects";

describeWithDatabase("watchProjects", () => {
  const feed = makeChangeFeed();
  let database: TestDatabase;
  let context: OrganizationContext & UserContext;
  beforeAll(async () => {
    database = await createTestDatabase();
    context = await makeOwnerContext(database.db, { changes: feed });
  });
  afterAll(() => database.drop());

  const inProject = (projectId: string): ChangeEvent => ({ type: "service", projectId, serviceId: "svc_1" });
  const make = async (organizationId: string) => (await makeProject(database.db, organizationId)).project.id;

  async function watch() {
    const abort = new AbortController();
    const ticks = watchProjects(context, context.organizationId, abort.signal);
    expect(await ticks.next()).toMatchObject({ value: { type: "connected" } });
    return { next: async () => (await ticks.next()).value, stop: () => abort.abort() };
  }

  it("tells of what happens in the organization's projects, and of no other's", async () => {
    const [own, strangers] = await Promise.all([
      make(context.organizationId),
      makeOrganization(database.db).then(({ id }) => make(id)),
    ]);
    const ticks = await watch();
    feed.emit(inProject(strangers));
    const first = ticks.next();
    let told = false;
    void first.then(() => {
      told = true;
    });
    // Another query of the same pool comes back after the one that looked whose project it is.
    await database.db.select().from(projects);
    expect(told).toBe(false);
    feed.emit(inProject(own));
    expect(await first).toMatchObject({ type: "project" });
    ticks.stop();
    expect(await ticks.next()).toBeUndefined();
    expect(feed.listeners()).toBe(0);
  });

  it("tells of a project that is made meanwhile, and of its end", async () => {
    const ticks = await watch();
    const id = await make(context.organizationId);
    feed.emit({ type: "project", projectId: id });
    expect(await ticks.next()).toMatchObject({ type: "project" });
    await database.db.delete(projects).where(eq(projects.id, id));
    feed.emit({ type: "project", projectId: id });
    expect(await ticks.next()).toMatchObject({ type: "project" });
    ticks.stop();
  });

  it("tells when a worker began or ended", async () => {
    const ticks = await watch();
    feed.emit({ type: "worker" });
    expect(await ticks.next()).toMatchObject({ type: "worker" });
    ticks.stop();
  });

  it("asks for a new look after hints were lost", async () => {
    const ticks = await watch();
    feed.resync();
    expect(await ticks.next()).toMatchObject({ type: "connected" });
    ticks.stop();
  });
});
