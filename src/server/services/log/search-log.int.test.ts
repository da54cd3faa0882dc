import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SearchLogInput } from "@/contracts/log";
import type { StoredLogLine } from "@/domain/log-line";
import type { ServiceContext } from "@/server/context";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment, makeOrganization, makeProject, makeService } from "@/testing/factories";
import { makeServiceContext } from "@/testing/service-context";
import { appendLogLines } from "./append-log-lines";
import { exportLog } from "./export-log";
import { locateLog } from "./locate-log";
import { searchLog } from "./search-log";
import { trimServiceLogs } from "./trim-service-logs";

const start = Date.UTC(2026, 0, 1);

describeWithDatabase("a long log", () => {
  let database: TestDatabase;
  let context: ServiceContext;
  let deployment: Awaited<ReturnType<typeof makeDeployment>>;
  let place: Awaited<ReturnType<typeof makeProject>>;
  beforeAll(async () => {
    database = await createTestDatabase();
    context = makeServiceContext(database.db);
    place = await makeProject(database.db, (await makeOrganization(database.db)).id);
  });
  beforeEach(async () => {
    deployment = await makeDeployment(database.db, await makeService(database.db, place));
  });
  afterAll(() => database.drop());

  const append = (lines: StoredLogLine[]) =>
    appendLogLines(database.db, { sourceId: deployment.id, kind: "build", serviceId: deployment.serviceId }, lines);
  /** A line a second, in chunks of uneven length. */
  async function fill(count: number, text: (n: number) => string = (n) => `line ${n}`): Promise<void> {
    for (let from = 0, chunk = 1; from < count; from += chunk, chunk = 1 + ((chunk * 7) % 997)) {
      const length = Math.min(chunk, count - from);
      await append(
        Array.from({ length }, (_, n) => ({ t: start + (from + n) * 1000, s: "stdout", x: text(from + n) })),
      );
    }
  }
  const search = (input: Partial<SearchLogInput>) =>
    searchLog(context, { deploymentId: deployment.id, kind: "build", query: "x", ...input });
  const at = (second: number) => new Date(start + second * 1000);

  describe("search", () => {
    it("finds a text regardless of case, colours and what was overwritten, as text and not as a pattern", async () => {
      const line = (x: string): StoredLogLine => ({ t: start, s: "stdout", x });
      const lines = ["\u001b[31mFat\u001b[1mal\u001b[0m: a.b", "FATAL", "fat al", "10%\rfatal", "fatal\rok", "axb"];
      await append(lines.map(line));
      expect(await search({ query: "fatal" })).toEqual({ offsets: [0, 1, 3], nextOffset: 6, more: false });
      expect((await search({ query: "a.b" })).offsets).toEqual([0]);
      expect((await search({ query: "%_" })).offsets).toEqual([]);
    });

    it("looks through a part at a time, and together through all of it, once", async () => {
      await fill(50_000, (n) => (n % 1_000 === 7 ? `needle ${n}` : `hay ${n}`));
      const found: number[] = [];
      let calls = 0;
      for (let offset = 0, more = true; more; calls += 1) {
        const answer = await search({ query: "Needle", offset });
        found.push(...answer.offsets);
        ({ nextOffset: offset, more } = answer);
      }
      expect(found).toEqual(Array.from({ length: 50 }, (_, n) => n * 1_000 + 7));
      expect(calls).toBeGreaterThan(2);
      expect(calls).toBeLessThan(8);
    });

    it("answers with a bounded number of matches, and goes on after the last", async () => {
      await fill(2_500, () => "x");
      const first = await search({});
      expect([first.offsets.length, first.nextOffset, first.more]).toEqual([1_000, 1_000, true]);
      const last = await search({ offset: 2_000 });
      expect([last.offsets.length, last.nextOffset, last.more]).toEqual([500, 2_500, false]);
    });

    it("keeps to the time asked for", async () => {
      await fill(5_000, () => "x");
      const { offsets } = await search({ since: at(100), until: at(105) });
      expect(offsets).toEqual([100, 101, 102, 103, 104, 105]);
      expect((await search({ since: at(9_000) })).offsets).toEqual([]);
      expect((await search({ until: at(-1) })).offsets).toEqual([]);
    });

    it("finds what one replica printed", async () => {
      await append([0, 1, 0].map((r) => ({ t: start, s: "stdout", x: "x", r })));
      expect((await search({ replica: 0 })).offsets).toEqual([0, 2]);
      expect((await search({ replica: 1 })).offsets).toEqual([1]);
    });

    it("of a log that is not there yet, nothing", async () => {
      expect(await search({})).toEqual({ offsets: [], nextOffset: 0, more: false });
    });
  });

  it("a time is found, also between two lines, before the first and after the last", async () => {
    await fill(3_000);
    const locate = async (second: number) =>
      (await locateLog(context, { deploymentId: deployment.id, kind: "build", at: at(second) })).offset;
    for (const second of [0, 1, 6, 7, 8, 999, 1_000, 2_357, 2_999]) expect(await locate(second)).toBe(second);
    expect(await locate(10.5)).toBe(11);
    expect(await locate(-5)).toBe(0);
    expect(await locate(3_000)).toBe(3_000);
  });

  it("is exported whole and in order as text, in pieces", async () => {
    await fill(20_000, (n) => `\u001b[32mline\u001b[0m ${n}`);
    const pieces: string[] = [];
    const signal = new AbortController().signal;
    for await (const piece of exportLog(context, { deploymentId: deployment.id, kind: "build" }, signal)) {
      pieces.push(piece);
    }
    const expected = Array.from({ length: 20_000 }, (_, n) => `${at(n).toISOString()} line ${n}\n`);
    expect(pieces.join("")).toBe(expected.join(""));
    expect(pieces.length).toBeGreaterThan(10);
  });

  it("whose beginning was removed is searched, located and exported from what is left", async () => {
    await append([{ t: start, s: "stdout", x: "x".repeat(1_000_000) }]);
    await append([{ t: start + 1000, s: "stdout", x: "x", r: 0 }]);
    await trimServiceLogs(database.db, deployment.serviceId, 1_000);
    expect(await search({})).toEqual({ offsets: [1], nextOffset: 2, more: false });
    const key = { deploymentId: deployment.id, kind: "build" as const };
    expect(await locateLog(context, { ...key, at: at(-1) })).toEqual({ offset: 1 });
    let text = "";
    for await (const piece of exportLog(context, key, new AbortController().signal)) text += piece;
    expect(text).toBe(`… 1 older lines were removed\n${at(1).toISOString()} [1] x\n`);
  });
});
