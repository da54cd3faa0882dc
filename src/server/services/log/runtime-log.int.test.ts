import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createLogRate } from "@/domain/log-rate";
import { logChunks, logSources } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeServiceContext } from "@/testing/service-context";
import type { LogSource } from "./append-log-lines";
import { CursorMoved, RuntimeLog } from "./runtime-log";

describeWithDatabase("RuntimeLog", () => {
  let database: TestDatabase;
  let source: LogSource;
  let count = 0;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(() => {
    count += 1;
    source = { sourceId: `dep_${count}`, kind: "runtime", serviceId: "svc_a" };
  });
  afterAll(() => database.drop());

  function open(change: { linesPerSecond?: number; secrets?: string[]; cursor?: string | null } = {}) {
    const abort = new AbortController();
    const log = new RuntimeLog(makeServiceContext(database.db), {
      source,
      container: "web-0",
      replica: 0,
      secrets: change.secrets ?? [],
      cursor: change.cursor ?? null,
      rate: createLogRate(change.linesPerSecond ?? 1_000_000),
      signal: abort.signal,
    });
    return { log, abort };
  }
  const line = (text: string, t = 0) => ({ at: new Date(t), stream: "stdout" as const, text });
  const chunks = () =>
    database.db.select().from(logChunks).where(eq(logChunks.sourceId, source.sourceId)).orderBy(logChunks.firstOffset);
  const texts = async () => (await chunks()).flatMap((chunk) => chunk.lines.map((one) => one.x));
  const cursor = async () => {
    const [row] = await database.db.select().from(logSources).where(eq(logSources.sourceId, source.sourceId));
    return row?.cursors["web-0"];
  };

  it("keeps a hundred thousand lines in order, in few chunks, and the cursor after the last", async () => {
    const { log } = open();
    for (let n = 0; n < 100_000; n += 1) await log.take(line(`line ${n}`), String(n));
    await log.close(new Date());
    const kept = await texts();
    expect(kept).toHaveLength(100_000);
    expect(kept.findIndex((text, n) => text !== `line ${n}`)).toBe(-1);
    expect((await chunks()).length).toBeLessThan(130);
    expect(await cursor()).toBe("99999");
  });

  it("holds a bounded number of lines: while the database takes none, who reads is made to wait", async () => {
    const { log } = open();
    await database.db.execute(sql`alter table log_chunks rename to log_chunks_away`);
    let taken = 0;
    const reading = (async () => {
      for (; taken < 10_000; taken += 1) await log.take(line(`line ${taken}`), String(taken));
      await log.close(new Date());
    })();
    await expect.poll(() => taken, { timeout: 10_000 }).toBeGreaterThan(1_900);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(taken).toBeLessThan(2_100);
    await database.db.execute(sql`alter table log_chunks_away rename to log_chunks`);
    await reading;
    expect(await texts()).toEqual(Array.from({ length: 10_000 }, (_, n) => `line ${n}`));
  });

  it("a line alone is there soon, without an end or another line", async () => {
    const { log, abort } = open();
    await log.take(line("alone"), "1");
    await expect.poll(texts).toEqual(["alone"]);
    expect(await cursor()).toBe("1");
    abort.abort();
  });

  it("drops what is too fast, says how much where it lacks, and counts on after it", async () => {
    const { log } = open({ linesPerSecond: 0.3 });
    for (let n = 0; n < 10; n += 1) await log.take(line(`a${n}`, 10_000), `a${n}`);
    for (let n = 0; n < 5; n += 1) await log.take(line(`b${n}`, 20_000), `b${n}`);
    await log.close(new Date());
    expect(await texts()).toEqual([
      ...["a0", "a1", "a2", "… 7 lines dropped: more than 0.3 a second"],
      ...["b0", "b1", "b2", "… 2 lines dropped: more than 0.3 a second"],
    ]);
    expect(await cursor()).toBe("b4");
  });

  it("says so too where silence follows", async () => {
    const { log, abort } = open({ linesPerSecond: 0.1 });
    for (let n = 0; n < 3; n += 1) await log.take(line(`a${n}`), `a${n}`);
    await expect.poll(texts, { timeout: 10_000 }).toEqual(["a0", "… 2 lines dropped: more than 0.1 a second"]);
    await log.take(line("b", 50_000), "b");
    await expect.poll(texts).toHaveLength(3);
    expect(await cursor()).toBe("b");
    abort.abort();
  });

  it("does not store a cursor after what is held back as the beginning of a secret", async () => {
    const { log, abort } = open({ secrets: ["first-line\nsecond-line"] });
    await log.take(line("before"), "1");
    await log.take(line("first-line"), "2");
    await expect.poll(texts).toEqual(["before"]);
    expect(await cursor()).toBe("1");
    await log.take(line("second-line"), "3");
    await expect.poll(texts).toEqual(["before", "[redacted]"]);
    expect(await cursor()).toBe("3");
    abort.abort();
  });

  it("stops where another reader has written the lines", async () => {
    const [first, second] = [open(), open()];
    await first.log.take(line("one"), "1");
    await first.log.close(new Date());
    await second.log.take(line("one"), "1");
    await expect(second.log.close(new Date())).rejects.toBeInstanceOf(CursorMoved);
    expect(await texts()).toEqual(["one"]);
  });
});
