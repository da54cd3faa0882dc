import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LogBatch } from "@/contracts/log";
import type { StoredLogLine } from "@/domain/log-line";
import type { ServiceContext } from "@/server/context";
import { deployments, logChunks, logSources, services } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment, makeOrganization, makeProject, makeService } from "@/testing/factories";
import { makeChangeFeed, makeServiceContext } from "@/testing/service-context";
import { followLog } from "./follow-log";
import { readLog } from "./read-log";

describeWithDatabase("logs", () => {
  let database: TestDatabase;
  let context: ServiceContext;
  let feed: ReturnType<typeof makeChangeFeed>;
  let deployment: Awaited<ReturnType<typeof makeDeployment>>;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    feed = makeChangeFeed();
    context = makeServiceContext(database.db, { changes: feed });
    const place = await makeProject(database.db, (await makeOrganization(database.db)).id);
    deployment = await makeDeployment(database.db, await makeService(database.db, place), { status: "building" });
  });
  afterAll(() => database.drop());

  const lines = (from: number, count: number): StoredLogLine[] =>
    Array.from({ length: count }, (_, n) => ({ t: 0, s: "stdout", x: `line ${from + n}` }));
  /** Appends a chunk, as the worker does, and gives the hint. */
  async function append(firstOffset: number, count: number, kind: "build" | "runtime" = "build") {
    const key = { sourceId: deployment.releaseId, kind };
    await database.db.insert(logChunks).values({
      ...key,
      serviceId: deployment.serviceId,
      firstOffset,
      lineCount: count,
      bytes: 30 * count,
      lines: lines(firstOffset, count),
    });
    const nextOffset = firstOffset + count;
    await database.db
      .insert(logSources)
      .values({ ...key, serviceId: deployment.serviceId, nextOffset })
      .onConflictDoUpdate({ target: [logSources.sourceId, logSources.kind], set: { nextOffset } });
    feed.emit({ type: "log", ...key, serviceId: deployment.serviceId, nextOffset });
  }
  async function finish(status: "live" | "failed") {
    await database.db.update(deployments).set({ status }).where(eq(deployments.id, deployment.id));
    const { id: deploymentId, serviceId, projectId } = deployment;
    feed.emit({ type: "deployment", deploymentId, serviceId, projectId });
  }
  const texts = (list: StoredLogLine[]) => list.map((line) => line.x);
  const read = (values: { offset?: number; limit?: number; kind?: "build" | "runtime" } = {}) =>
    readLog(context, { deploymentId: deployment.id, kind: "build", limit: 1000, ...values });

  describe("read", () => {
    it("begins in the middle of a chunk and ends at the limit", async () => {
      await append(0, 3);
      await append(3, 4);
      await append(7, 2);
      const page = await read({ offset: 2, limit: 4 });
      expect(page).toMatchObject({ firstOffset: 2, nextOffset: 6, complete: false });
      expect(texts(page.lines)).toEqual(["line 2", "line 3", "line 4", "line 5"]);
      expect(await read({ offset: 9 })).toMatchObject({ firstOffset: 9, nextOffset: 9, lines: [] });
    });

    it("gives the last lines where no offset is asked for", async () => {
      await append(0, 5);
      await append(5, 5);
      expect(texts((await read({ limit: 3 })).lines)).toEqual(["line 7", "line 8", "line 9"]);
    });

    it("begins with the oldest left where retention took the beginning", async () => {
      await append(500, 3);
      expect(await read({ offset: 0, limit: 2 })).toMatchObject({
        firstOffset: 500,
        nextOffset: 502,
        oldestOffset: 500,
      });
    });

    it("is empty for a source without lines, and complete once the deployment is over", async () => {
      expect(await read()).toEqual({ firstOffset: 0, nextOffset: 0, oldestOffset: 0, lines: [], complete: false });
      await finish("failed");
      expect((await read()).complete).toBe(true);
    });

    it("keeps an application's log open while its release may run", async () => {
      const runtime = () => read({ kind: "runtime" });
      expect((await runtime()).complete).toBe(false);
      await finish("live");
      await database.db
        .update(services)
        .set({ liveDeploymentId: deployment.id })
        .where(eq(services.id, deployment.serviceId));
      expect((await runtime()).complete).toBe(false);
      await database.db.update(services).set({ liveDeploymentId: null }).where(eq(services.id, deployment.serviceId));
      const warm = (warmUntil: Date | null) =>
        database.db.update(deployments).set({ status: "retired", warmUntil }).where(eq(deployments.id, deployment.id));
      await warm(new Date());
      expect((await runtime()).complete).toBe(false);
      await warm(null);
      expect((await runtime()).complete).toBe(true);
    });
  });

  describe("follow", () => {
    function follow(lastEventId: string | null = null) {
      const abort = new AbortController();
      const batches = followLog(context, { deploymentId: deployment.id, kind: "build", lastEventId }, abort.signal);
      const next = async (): Promise<LogBatch | null> => {
        const result = await batches.next();
        return result.done ? null : result.value;
      };
      return { next, abort };
    }

    it("gives what is there, then what comes, each line once, and ends complete", async () => {
      await append(0, 2);
      const { next } = follow();
      expect(texts((await next())?.lines ?? [])).toEqual(["line 0", "line 1"]);
      const waiting = next();
      await append(2, 1);
      expect(await waiting).toMatchObject({ firstOffset: 2, lines: [{ x: "line 2" }], complete: false });
      await append(3, 1);
      await finish("failed");
      expect(await next()).toMatchObject({ firstOffset: 3, lines: [{ x: "line 3" }], complete: true });
      expect(await next()).toBeNull();
      expect(feed.listeners()).toBe(0);
    });

    it("goes on at the offset a reconnecting client has", async () => {
      await append(0, 5);
      const { next, abort } = follow("3");
      expect(texts((await next())?.lines ?? [])).toEqual(["line 3", "line 4"]);
      abort.abort();
    });

    it("begins with the last thousand, and gives a long rest in batches without waiting for a hint", async () => {
      for (const firstOffset of [0, 500, 1000, 1500, 2000]) await append(firstOffset, 500);
      const { next, abort } = follow();
      expect(await next()).toMatchObject({ firstOffset: 1500 });
      abort.abort();
      const resumed = follow("100");
      const batches = [await resumed.next(), await resumed.next()];
      // To the end of a chunk, so that none is read twice.
      expect(batches.map((batch) => [batch?.firstOffset, batch?.lines.length])).toEqual([
        [100, 1400],
        [1500, 1000],
      ]);
      resumed.abort.abort();
    });

    it("says complete at once where there will be nothing, and ends complete where a full batch was the last", async () => {
      await finish("failed");
      expect(await follow().next()).toEqual({ firstOffset: 0, lines: [], complete: true });
      await append(0, 1000);
      const { next } = follow("0");
      expect(await next()).toMatchObject({ complete: false });
      expect(await next()).toEqual({ firstOffset: 1000, lines: [], complete: true });
    });

    it("stops listening when the client goes", async () => {
      const { next, abort } = follow();
      const waiting = next();
      while (feed.listeners() === 0) await new Promise((resolve) => setImmediate(resolve));
      abort.abort();
      expect(await waiting).toBeNull();
      expect(feed.listeners()).toBe(0);
    });
  });
});
