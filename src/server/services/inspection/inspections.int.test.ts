import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectRepositoryInput } from "@/contracts/service";
import type { OrganizationContext } from "@/server/context";
import { inspections } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeProject, testCipher } from "@/testing/factories";
import { readAudit, readJobKeys } from "@/testing/read-effects";
import { makeChangeFeed, makeOwnerContext } from "@/testing/service-context";
import { createInspection } from "./create-inspection";
import { watchInspection } from "./watch-inspection";

describeWithDatabase("inspections", () => {
  let database: TestDatabase;
  let context: OrganizationContext;
  const feed = makeChangeFeed();
  beforeAll(async () => {
    database = await createTestDatabase();
    context = await makeOwnerContext(database.db, { changes: feed });
  });
  afterAll(() => database.drop());

  async function create(gitToken: string | null = null) {
    const { project } = await makeProject(database.db, context.organizationId);
    const source = { url: "https://git.example.com/a.git", branch: "" };
    const input = inspectRepositoryInput.parse({ projectId: project.id, source, build: {}, gitToken });
    return createInspection(context, input);
  }

  it("asks the worker, and keeps the token to itself", async () => {
    const { id } = await create("s3cret");
    const [row] = await database.db.select().from(inspections).where(eq(inspections.id, id));
    expect(row).toMatchObject({ status: "running", source: { type: "git", branch: "", rootDirectory: "" } });
    expect(testCipher.decrypt(row?.gitTokenEncrypted ?? "").reveal()).toBe("s3cret");
    expect(await readJobKeys(database.db)).toContain(`inspect:${id}`);
    const trail = await readAudit(database.db, id);
    expect(trail).toMatchObject([{ action: "inspection.create" }]);
    expect(JSON.stringify([row, trail])).not.toContain("s3cret");
  });

  describe("watch", () => {
    it("shows it running, then its end, and ends itself", async () => {
      const { id } = await create();
      const views = watchInspection(context, id, new AbortController().signal);
      expect((await views.next()).value).toMatchObject({ id, status: "running", result: null });
      const ended = views.next();
      const error = { code: "branch_not_found", message: "m", fix: "f", blame: "input", retryable: false } as const;
      await database.db.update(inspections).set({ status: "failed", error }).where(eq(inspections.id, id));
      feed.emit({ type: "inspection", inspectionId: id });
      expect((await ended).value).toMatchObject({ status: "failed", error });
      expect((await views.next()).done).toBe(true);
      expect(feed.listeners()).toBe(0);
    });
  });
});
