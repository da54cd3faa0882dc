import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { deployments, logChunks, logSources } from "@/server/db/schema";
import { appendLogLines } from "@/server/services/log/append-log-lines";
import { trimServiceLogs } from "@/server/services/log/trim-service-logs";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment, makeOrganization, makeProject, makeService } from "@/testing/factories";
import { makeServiceContext } from "@/testing/service-context";
import { cleanLogs } from "./clean-logs";

type Deployment = Awaited<ReturnType<typeof makeDeployment>>;

describeWithDatabase("the limits of the log store", () => {
  let database: TestDatabase;
  let organizationId: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    organizationId = (await makeOrganization(database.db)).id;
  });
  beforeEach(() => database.db.execute(sql`truncate log_chunks, log_sources, projects cascade`));
  afterAll(() => database.drop());

  async function deployment(status: "live" | "failed" = "live"): Promise<Deployment> {
    const service = await makeService(database.db, await makeProject(database.db, organizationId));
    return makeDeployment(database.db, service, { status });
  }
  const sourceOf = ({ id, serviceId }: Deployment, kind: "build" | "runtime" = "build") => ({
    sourceId: id,
    serviceId,
    kind,
  });
  /** Chunks of a million bytes, written a minute apart, the last one `minutesAgo`. */
  async function fill(source: ReturnType<typeof sourceOf>, chunks: number, minutesAgo = 0): Promise<void> {
    for (let n = 0; n < chunks; n += 1) {
      await appendLogLines(database.db, source, [{ t: 0, s: "stdout", x: "x".repeat(1_000_000) }]);
      const age = sql`now() - ${minutesAgo + chunks - n}::int * interval '1 minute'`;
      await database.db
        .update(logChunks)
        .set({ at: age })
        .where(
          sql`${logChunks.sourceId} = ${source.sourceId} and ${logChunks.kind} = ${source.kind} and first_offset = ${n}`,
        );
    }
  }
  const kept = async (source: ReturnType<typeof sourceOf>) => {
    const rows = await database.db
      .select({ offset: logChunks.firstOffset })
      .from(logChunks)
      .where(sql`source_id = ${source.sourceId} and kind = ${source.kind}`)
      .orderBy(logChunks.firstOffset);
    return rows.map((row) => row.offset);
  };
  const clean = (settings: Record<string, string> = {}) =>
    cleanLogs(makeServiceContext(database.db, {}, settings), new AbortController().signal);
  /** What the sources say that they take is what their chunks take. */
  async function expectAccounts(): Promise<void> {
    const { rows } = await database.db.execute(sql`
      select source_id from log_sources
      where bytes <> (select coalesce(sum(bytes), 0) from log_chunks
        where log_chunks.source_id = log_sources.source_id and log_chunks.kind = log_sources.kind)`);
    expect(rows).toEqual([]);
  }

  it("a service keeps what it may, its oldest lines go first, whatever log they are of", async () => {
    const one = await deployment();
    const build = sourceOf(one);
    const runtime = sourceOf(one, "runtime");
    await fill(build, 3, 10);
    await fill(runtime, 3);
    await trimServiceLogs(database.db, one.serviceId, 2_100_000);
    expect(await kept(build)).toEqual([]);
    expect(await kept(runtime)).toEqual([1, 2]);
    await expectAccounts();
  });

  it("a service that is below its limit loses nothing by another that is not", async () => {
    const [loud, quiet] = [await deployment(), await deployment()];
    await fill(sourceOf(quiet), 2, 60);
    await fill(sourceOf(loud), 12);
    await clean({ LOG_RETENTION_MB_PER_SERVICE: "8" });
    expect(await kept(sourceOf(quiet))).toHaveLength(2);
    expect(await kept(sourceOf(loud))).toHaveLength(7);
    await expectAccounts();
  });

  it("all together keep to their limit, the oldest go first", async () => {
    const [older, newer] = [await deployment(), await deployment()];
    await fill(sourceOf(older), 40, 60);
    await fill(sourceOf(newer), 40);
    await clean({ LOG_RETENTION_MB: "64" });
    expect(await kept(sourceOf(older))).toEqual(Array.from({ length: 23 }, (_, n) => n + 17));
    expect(await kept(sourceOf(newer))).toHaveLength(40);
    await expectAccounts();
  });

  it("a new line goes on where the removed ones ended", async () => {
    const one = await deployment();
    await fill(sourceOf(one), 3);
    await trimServiceLogs(database.db, one.serviceId, 0);
    await appendLogLines(database.db, sourceOf(one), [{ t: 0, s: "stdout", x: "new" }]);
    expect(await kept(sourceOf(one))).toEqual([3]);
    await expectAccounts();
  });

  it("where a writer stands is forgotten once it is old, empty and nobody can write any more", async () => {
    const [over, runs] = [await deployment("failed"), await deployment()];
    for (const one of [over, runs]) {
      await fill(sourceOf(one), 1);
      await trimServiceLogs(database.db, one.serviceId, 0);
    }
    await database.db.execute(sql`update services set live_deployment_id = ${runs.id} where id = ${runs.serviceId}`);
    await clean();
    expect(await database.db.select().from(logSources)).toHaveLength(2);
    await database.db.update(logSources).set({ writtenAt: sql`now() - interval '15 days'` });
    await clean();
    expect((await database.db.select().from(logSources)).map((row) => row.sourceId)).toEqual([runs.id]);
    await database.db.delete(deployments).where(eq(deployments.id, over.id));
  });
});
