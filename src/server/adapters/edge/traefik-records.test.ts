import { describe, expect, it } from "vitest";
import { addCounts } from "@/domain/traffic/bucket";
import { readTraefikMetrics } from "./traefik-metrics";
import { TraefikRecords } from "./traefik-records";

const at = (second: number) => new Date(Date.parse("2026-03-01T12:00:00Z") + second * 1000);
const longAgo = new Date(0);
const began = 1_772_366_000;

/** Traefik's text: for each backend and code, how many answers took at most 100 ms, and how many there are. */
function metrics(rows: [backend: string, code: number, fast: number, all: number][], startedAt = began) {
  const lines = rows.flatMap(([backend, code, fast, all]) => {
    const labels = (le: string) =>
      `code="${code}",method="GET",protocol="http",router="svc-a@file",service="${backend}@file",le="${le}"`;
    return [
      `traefik_router_request_duration_seconds_bucket{${labels("0.1")}} ${fast}`,
      `traefik_router_request_duration_seconds_bucket{${labels("+Inf")}} ${all}`,
      `traefik_service_request_duration_seconds_bucket{${labels("+Inf")}} 999`,
    ];
  });
  const counts = readTraefikMetrics(["# HELP", `process_start_time_seconds ${startedAt}`, ...lines].join("\n"));
  if (counts === null) throw new Error("not metrics");
  return counts;
}

function total(records: TraefikRecords, backend: string, since = longAgo) {
  return addCounts(records.read(new Set([backend]), since, at(0))?.buckets ?? []);
}

describe("TraefikRecords", () => {
  it("counts from its first reading on: what Traefik counted before, nobody knows when", () => {
    const records = new TraefikRecords();
    records.take(metrics([["dep-a", 200, 5, 7]]), at(0));
    expect(records.read(new Set(["dep-a"]), longAgo, at(0))).toMatchObject({ countedSince: at(0), buckets: [] });
    const later = metrics([
      ["dep-a", 200, 6, 9],
      ["dep-a", 502, 1, 1],
      ["dep-a", 499, 0, 1],
    ]);
    records.take(later, at(10));
    expect(total(records, "dep-a")).toEqual({
      requests: 4,
      failed: 1,
      unanswered: null,
      abandoned: 1,
      latency: [
        [0, 100, 2],
        [100, 600_000, 2],
      ],
    });
  });

  it("cannot tell where Traefik does not count by router", () => {
    const records = new TraefikRecords();
    records.take(metrics([]), at(0));
    expect(records.read(new Set(["dep-a"]), longAgo, at(0))).toBeNull();
    records.take(metrics([["dep-a", 200, 1, 1]]), at(10));
    expect(records.read(new Set(["dep-a"]), longAgo, at(0))).toMatchObject({ countedSince: at(0) });
    expect(total(records, "dep-a").requests).toBe(1);
  });

  it("puts what was added into the ten seconds of the reading, readings of the same ones together", () => {
    const records = new TraefikRecords();
    for (const [second, count] of [
      [0, 1],
      [11, 2],
      [19, 4],
      [20, 5],
    ] as const) {
      records.take(metrics([["dep-a", 200, count, count]]), at(second));
    }
    const { buckets } = records.read(new Set(["dep-a"]), longAgo, at(20)) ?? { buckets: [] };
    expect(buckets.map(({ startsAt, requests }) => [startsAt, requests])).toEqual([
      [at(10), 3],
      [at(20), 1],
    ]);
    expect(total(records, "dep-a", at(20)).requests).toBe(1);
  });

  it("takes another Traefik for another run, which has counted all since it began", () => {
    const records = new TraefikRecords();
    records.take(metrics([["dep-a", 200, 5, 5]]), at(0));
    const first = records.read(new Set(), longAgo, at(0))?.countedBy;
    records.take(metrics([["dep-a", 200, 2, 2]], began + 500), at(10));
    const reading = records.read(new Set(["dep-a"]), longAgo, at(10));
    expect(reading).toMatchObject({ countedSince: new Date((began + 500) * 1000) });
    expect(reading?.countedBy).not.toBe(first);
    expect(total(records, "dep-a").requests).toBe(2);
  });

  it("counts a backend anew that Traefik had forgotten", () => {
    const records = new TraefikRecords();
    records.take(metrics([["dep-a", 200, 5, 5]]), at(0));
    records.take(metrics([["dep-b", 200, 1, 1]]), at(10));
    records.take(metrics([["dep-a", 200, 2, 2]]), at(20));
    records.take(metrics([["dep-a", 200, 1, 1]]), at(30));
    expect(total(records, "dep-a").requests).toBe(3);
  });
});

it("reads nothing where there are no metrics", () => {
  expect(readTraefikMetrics("<html></html>")).toBeNull();
});
