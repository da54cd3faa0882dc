import { describe, expect, it } from "vitest";
import { quantile } from "@/domain/traffic/latency";
import { Records } from "./records";

const start = Date.parse("2026-03-01T12:00:00Z");
const longAgo = new Date(0);

function recordsAt(limit?: number) {
  const clock = { now: start };
  return { clock, records: new Records(() => clock.now, limit) };
}

const read = (records: Records, names: string[], since = longAgo) => records.read(new Set(names), since);

describe("records", () => {
  it("count what was asked, what failed and whose failure it was", () => {
    const { records } = recordsAt();
    records.add("dep-1", "answered", 5, 200);
    records.add("dep-1", "answered", 6, 404);
    records.add("dep-1", "answered", 7, 500);
    records.add("dep-1", "unanswered", 8);
    records.add("dep-1", "abandoned", 9_000);
    records.broke("dep-1");
    records.add("dep-2", "answered", 1, 200);
    const { buckets } = read(records, ["dep-1"]);
    expect(buckets).toMatchObject([
      { backend: "dep-1", startsAt: new Date(start), requests: 5, failed: 3, unanswered: 2, abandoned: 1 },
    ]);
    expect(quantile(buckets[0]?.latency ?? [], 1)?.toMs).toBeGreaterThanOrEqual(9_000);
  });

  it("begin a bucket every ten seconds, and give those that a reader has not seen whole", () => {
    const { clock, records } = recordsAt();
    for (const second of [0, 9, 10, 29]) {
      clock.now = start + second * 1000;
      records.add("dep-1", "answered", 5, 200);
    }
    const starts = (since: Date) =>
      read(records, ["dep-1"], since).buckets.map(({ startsAt, requests }) => [
        (startsAt.getTime() - start) / 1000,
        requests,
      ]);
    expect(starts(longAgo)).toEqual([
      [0, 2],
      [10, 1],
      [20, 1],
    ]);
    expect(starts(new Date(start + 12_000))).toEqual([
      [10, 1],
      [20, 1],
    ]);
  });

  it("keep twenty minutes, and say from when on they are whole", () => {
    const { clock, records } = recordsAt();
    records.add("dep-1", "answered", 5, 200);
    clock.now = start + 19 * 60_000;
    expect(read(records, ["dep-1"]).countedSince).toEqual(new Date(start));
    expect(read(records, ["dep-1"]).buckets).toHaveLength(1);
    clock.now = start + 21 * 60_000;
    expect(read(records, ["dep-1"])).toMatchObject({ countedSince: new Date(start + 10_000), buckets: [] });
  });

  it("drop the oldest where there is too much, and say so", () => {
    const { clock, records } = recordsAt(3);
    for (const backend of ["a", "b"]) records.add(backend, "answered", 1, 200);
    clock.now = start + 10_000;
    for (const backend of ["a", "b"]) records.add(backend, "answered", 1, 200);
    clock.now = start + 20_000;
    records.add("a", "answered", 1, 200);
    const { buckets, countedSince } = read(records, ["a", "b"]);
    expect(buckets).toHaveLength(3);
    expect(countedSince).toEqual(new Date(start + 10_000));
  });

  it("name their run, which knows nothing of what another one counted", () => {
    const { clock, records } = recordsAt();
    const other = new Records(() => clock.now + 1);
    expect(read(records, []).countedBy).not.toBe(read(other, []).countedBy);
  });
});
