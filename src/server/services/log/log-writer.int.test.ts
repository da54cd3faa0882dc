import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StoredLogLine } from "@/domain/log-line";
import { Secret } from "@/domain/secret";
import { createListenHub, type ListenHub } from "@/server/db/listen";
import { logChunks, logSources } from "@/server/db/schema";
import { createLogger } from "@/server/log";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeServiceContext } from "@/testing/service-context";
import { appendLogLines, type LogSource } from "./append-log-lines";
import { LogWriter } from "./log-writer";

describeWithDatabase("the log store", () => {
  const log = createLogger("test", "silent");
  let database: TestDatabase;
  let hub: ListenHub;
  let source: LogSource;
  let count = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    hub = createListenHub(new Secret(database.url), "test", log);
    await hub.ready;
  });
  afterAll(async () => {
    await hub.close();
    await database.drop();
  });
  beforeEach(() => {
    count += 1;
    source = { sourceId: `dep_${count}`, kind: "build", serviceId: "svc_a" };
  });

  const context = (settings: Record<string, string> = {}) => makeServiceContext(database.db, {}, settings);
  const stored = (text: string): StoredLogLine => ({ t: 1, s: "stdout", x: text });
  async function readAll(): Promise<{ offsets: number[]; texts: string[] }> {
    const chunks = await database.db
      .select()
      .from(logChunks)
      .where(eq(logChunks.sourceId, source.sourceId))
      .orderBy(logChunks.firstOffset);
    return {
      offsets: chunks.map((chunk) => chunk.firstOffset),
      texts: chunks.flatMap((chunk) => chunk.lines.map((line) => line.x)),
    };
  }

  describe("appendLogLines", () => {
    it("counts offsets without gaps, however many write at once", async () => {
      const writes = Array.from({ length: 20 }, (_, n) => [stored(`${n}a`), stored(`${n}b`)]);
      await Promise.all(writes.map((lines) => appendLogLines(database.db, source, lines)));
      const { offsets, texts } = await readAll();
      expect(offsets).toEqual(writes.map((_, n) => 2 * n));
      expect(new Set(texts).size).toBe(40);
    });

    it("moves a cursor once: who comes second with the same lines writes nothing", async () => {
      const step = (from: string | null, to: string) => ({ container: "web-0", from, to });
      expect(await appendLogLines(database.db, source, [stored("a")], step(null, "1"))).toBe(30);
      expect(await appendLogLines(database.db, source, [stored("a")], step(null, "1"))).toBeNull();
      expect(await appendLogLines(database.db, source, [stored("b")], step("1", "2"))).toBe(30);
      await appendLogLines(database.db, source, [stored("other")], { container: "web-1", from: null, to: "9" });
      const [row] = await database.db.select().from(logSources).where(eq(logSources.sourceId, source.sourceId));
      expect(row).toMatchObject({ nextOffset: 3, bytes: 30 + 30 + 34, cursors: { "web-0": "2", "web-1": "9" } });
      expect((await readAll()).texts).toEqual(["a", "b", "other"]);
      expect(await appendLogLines(database.db, source, [], step("2", "3"))).toBe(0);
      expect((await readAll()).texts).toHaveLength(3);
    });
  });

  describe("LogWriter", () => {
    const line = (text: string) => ({ at: new Date(), stream: "stdout" as const, text });

    it("keeps order over many batches and takes secrets out", async () => {
      const writer = new LogWriter(context(), source, ["hunter22"]);
      for (let n = 0; n < 1_700; n += 1) writer.write(line(`${n} hunter22`));
      await writer.close(new Date());
      const { offsets, texts } = await readAll();
      expect(texts).toEqual(Array.from({ length: 1_700 }, (_, n) => `${n} [redacted]`));
      expect(offsets).toEqual([0, 1_000]);
    });

    it("wakes readers soon after a line, also in a steady stream, with few statements", async () => {
      const delays: number[] = [];
      let written = 0;
      const begun: number[] = [];
      const stop = hub.onEvent((event) => {
        if (event.type !== "log" || event.sourceId !== source.sourceId) return;
        for (; written < event.nextOffset; written += 1) delays.push(performance.now() - (begun[written] ?? 0));
      });
      const writer = new LogWriter(context(), source, []);
      for (let n = 0; n < 100; n += 1) {
        begun.push(performance.now());
        writer.write(line(String(n)));
        await sleep(5);
      }
      await writer.close(new Date());
      await expect.poll(() => delays.length).toBe(100);
      stop();
      delays.sort((a, b) => a - b);
      expect(delays[50]).toBeLessThan(100);
      expect((await readAll()).offsets.length).toBeLessThan(25);
    });

    it("goes on where it was when the database comes back, without repeating a line", async () => {
      const writer = new LogWriter(context(), source, []);
      await database.db.execute(sql`alter table log_chunks rename to log_chunks_away`);
      writer.write(line("a"));
      await sleep(100);
      writer.write(line("b"));
      await database.db.execute(sql`alter table log_chunks_away rename to log_chunks`);
      await expect.poll(async () => (await readAll()).texts, { timeout: 5_000 }).toEqual(["a", "b"]);
      await writer.close(new Date());
      expect((await readAll()).texts).toEqual(["a", "b"]);
    });

    it("holds a bounded number of lines and says how many it left out", async () => {
      const writer = new LogWriter(context(), source, []);
      for (let n = 0; n < 12_000; n += 1) writer.write(line(String(n)));
      await sleep(500);
      writer.write(line("after"));
      await writer.close(new Date());
      const { texts } = await readAll();
      expect(texts).toHaveLength(10_002);
      expect(texts.slice(-2)).toEqual(["… 2,000 lines dropped: the database did not take them", "after"]);
    });

    it("lets who waits for it write as much as they like, whole", async () => {
      const writer = new LogWriter(context(), source, []);
      let waits = 0;
      for (let n = 0; n < 30_000; n += 1) {
        const taken = writer.write(line(String(n)));
        if (taken) waits += 1;
        await taken;
      }
      await writer.close(new Date());
      expect((await readAll()).texts).toEqual(Array.from({ length: 30_000 }, (_, n) => String(n)));
      expect(waits).toBeGreaterThan(10);
    });

    it("keeps the beginning and the end of a log that is too long, and says what lacks", async () => {
      const writer = new LogWriter(context({ BUILD_LOG_LIMIT_MB: "1" }), source, []);
      for (let n = 0; n < 30_000; n += 1) await writer.write(line(String(n).padEnd(52)));
      await writer.close(new Date());
      const { texts } = await readAll();
      expect(texts).toHaveLength(10_000 + 1 + 1_000);
      expect(texts[10_000]).toBe("… 19,000 lines dropped: the log is longer than 1 MB");
      expect(texts.at(-1)?.trim()).toBe("29999");
    });

    it("removes the service's oldest lines once they are too many", async () => {
      const writer = new LogWriter(context({ LOG_RETENTION_MB_PER_SERVICE: "8" }), source, []);
      for (let n = 0; n < 40_000; n += 1) await writer.write(line(`${n}${" ".repeat(300)}`));
      await writer.close(new Date());
      const { offsets, texts } = await readAll();
      expect(offsets[0]).toBeGreaterThan(0);
      expect(texts.at(-1)?.trim()).toBe("39999");
      const [row] = await database.db.select().from(logSources).where(eq(logSources.sourceId, source.sourceId));
      expect(row?.nextOffset).toBe(40_000);
      // Looked at every four million bytes.
      expect(row?.bytes).toBeLessThan(12_500_000);
      expect(row?.bytes).toBeGreaterThan(7_000_000);
    });
  });
});
