import { describe, expect, it } from "vitest";
import type { TrafficBucket } from "./bucket";
import type { Coverage } from "./coverage";
import { makeTrafficReceipt } from "./receipt";

const at = (second: number) => new Date(Date.parse("2026-03-01T12:00:00Z") + second * 1000);
// Switched in the middle of the bucket that begins at second 300.
const span = { from: at(4), switchedAt: at(304), until: at(604) };
const backends = { before: "dep-old", after: "dep-new", placeholder: "svc-crashing" };
const counted: Coverage = { countedUntil: at(604), countedBy: "run", gaps: [] };

function bucket(backend: string, second: number, change: Partial<TrafficBucket> = {}): TrafficBucket {
  const counts = { requests: 10, failed: 0, unanswered: 0, abandoned: 0, latency: [[9, 10, 10]] as const };
  return { backend, startsAt: at(second), ...counts, ...change };
}

const receipt = (buckets: TrafficBucket[], coverage = counted, named: typeof backends | { before: null } = backends) =>
  makeTrafficReceipt(span, { ...backends, ...named }, buckets, coverage);

describe("makeTrafficReceipt", () => {
  it("adds up each release, with its quantiles", () => {
    const slow = { failed: 3, unanswered: 1, abandoned: 2, latency: [[99, 100, 10]] as const };
    const made = receipt([bucket("dep-old", 0), bucket("dep-old", 290), bucket("dep-new", 310, slow)]);
    expect(made.before).toMatchObject({ requests: 20, failed: 0, p50: { toMs: 10 }, p95: { toMs: 10 } });
    expect(made.after).toMatchObject({ requests: 10, failed: 3, unanswered: 1, abandoned: 2, p95: { toMs: 100 } });
    expect(made).toMatchObject({ complete: true, ongoing: false, gaps: [] });
  });

  it("counts what the old release ended after the switch, and nothing outside of the span", () => {
    const made = receipt([
      bucket("dep-old", -10),
      bucket("dep-old", 320),
      bucket("dep-new", 600),
      bucket("dep-new", 610),
    ]);
    expect(made.before?.requests).toBe(10);
    expect(made.after.requests).toBe(10);
  });

  it("counts requests that no replica answered for the release that was to answer", () => {
    const failed = { failed: 10, unanswered: 10 };
    const made = receipt([bucket("svc-crashing", 200, failed), bucket("svc-crashing", 400, failed)]);
    expect([made.before?.failed, made.after.failed]).toEqual([10, 10]);
  });

  it("does not count an earlier life of a release that is gone back to", () => {
    expect(receipt([bucket("dep-new", 100), bucket("dep-new", 300)]).after.requests).toBe(10);
  });

  it("does not count the next life of a release that was gone back to", () => {
    expect(receipt([bucket("dep-old", 290), bucket("dep-old", 590), bucket("dep-old", 600)]).before?.requests).toBe(20);
  });

  it("has no before where nothing was replaced", () => {
    expect(receipt([bucket("dep-new", 310)], counted, { before: null }).before).toBeNull();
  });

  it("says where nothing was asked, which is not the same as not counted", () => {
    const quiet = receipt([]);
    expect(quiet.after).toEqual({ requests: 0, failed: 0, unanswered: 0, abandoned: 0, p50: null, p95: null });
    expect(quiet.complete).toBe(true);
    const gaps = [{ from: at(310).toISOString(), until: at(320).toISOString(), why: "router_restarted" as const }];
    expect(receipt([], { ...counted, gaps })).toMatchObject({ complete: false, gaps });
    expect(receipt([], { ...counted, countedUntil: at(400) })).toMatchObject({ complete: false, ongoing: true });
  });

  it("does not know who failed where one part does not", () => {
    expect(receipt([bucket("dep-new", 310), bucket("dep-new", 320, { unanswered: null })]).after.unanswered).toBeNull();
  });
});
