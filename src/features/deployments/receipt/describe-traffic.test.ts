import { describe, expect, it } from "vitest";
import { describeFailed, formatQuantile, headline, type Side, type Traffic } from "./describe-traffic";

const side = (requests: number, failed: number): Side => ({
  ...{ requests, failed, unanswered: 0, abandoned: 0, p50: null, p95: null },
});

const gap = { from: "2026-03-01T12:00:00Z", until: "2026-03-01T12:00:09Z", why: "router_restarted" as const };

function line(change: Partial<Traffic>, settled = true) {
  const times = { from: gap.from, switchedAt: gap.from, until: gap.until };
  const traffic = { ...times, before: side(10, 0), after: side(1234, 0), complete: true, ongoing: false, gaps: [] };
  return headline({ traffic: { ...traffic, ...change }, settled });
}

describe("headline", () => {
  it("says 0 failed where it was counted", () => {
    expect(line({})).toEqual({ tone: "good", text: "0 of 1,234 requests failed after the switch." });
    expect(line({ after: side(1, 1) })).toEqual({ tone: "bad", text: "The one request after the switch failed." });
  });

  it("takes failures that were there before for no fault of the switch", () => {
    expect(line({ after: side(100, 5) }).tone).toBe("bad");
    expect(line({ before: side(100, 5), after: side(100, 5) }).tone).toBe("waiting");
  });

  it("tells nobody asked from not counted, and from not counted yet", () => {
    expect(line({ after: side(0, 0) })).toEqual({ tone: "quiet", text: "Nobody asked for anything after the switch." });
    expect(headline({ traffic: null, settled: true }).text).toMatch(/^Not counted: the router in use keeps no records/);
    expect(headline({ traffic: null, settled: false }).text).toMatch(/nothing was read of the router yet/);
  });

  it("never calls part of the time the whole", () => {
    expect(line({ complete: false, gaps: [gap] })).toEqual({
      tone: "waiting",
      text: "Of what was counted: 0 of 1,234 requests failed after the switch. But one part of the time was not counted.",
    });
    expect(line({ complete: false, ongoing: true })).toEqual({
      tone: "active",
      text: "Still counting. So far: 0 of 1,234 requests failed after the switch.",
    });
  });
});

it("tells errors of the application from requests that it did not answer", () => {
  expect(describeFailed({ ...side(1000, 5), unanswered: 2 })).toBe(
    "5 (0.5 %): 3 answered with an error, 2 not answered",
  );
  expect(describeFailed({ ...side(1000, 5), unanswered: null })).toBe("5 (0.5 %)");
  expect(describeFailed({ ...side(100_000, 5), unanswered: 5 })).toBe("5 (< 0.1 %): 5 not answered");
  expect(describeFailed(side(10, 0))).toBe("0");
});

it("shows a latency, as precisely as it was counted", () => {
  expect(formatQuantile({ ms: 95.8, fromMs: 91.7, toMs: 100 })).toBe("95.8 ms");
  expect(formatQuantile({ ms: 600, fromMs: 300, toMs: 1200 })).toBe("300 ms to 1.2 s");
  expect(formatQuantile({ ms: 1, fromMs: 0, toMs: 1 })).toBe("< 1 ms");
  expect(formatQuantile(null)).toBe("–");
});
