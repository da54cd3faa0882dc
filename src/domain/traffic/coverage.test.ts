import { describe, expect, it } from "vitest";
import { type Coverage, closeCoverage, extendCoverage, nothingCovered } from "./coverage";

const at = (second: number) => new Date(Date.parse("2026-03-01T12:00:00Z") + second * 1000);
const iso = (second: number) => at(second).toISOString();
const span = { from: at(0), until: at(600) };
const reading = (readAt: number, change: { countedSince?: number; startedAt?: number } = {}) => {
  const { countedSince = -1000, startedAt = -1000 } = change;
  return {
    countedBy: `run ${startedAt}`,
    startedAt: at(startedAt),
    countedSince: at(countedSince),
    readAt: at(readAt),
  };
};
const readings = (...all: ReturnType<typeof reading>[]) =>
  all.reduce<Coverage>((coverage, one) => extendCoverage(coverage, span, one), nothingCovered);

describe("extendCoverage", () => {
  it("has no gap where one run of the router was read to the end of the span", () => {
    expect(readings(reading(10), reading(300), reading(700))).toMatchObject({ countedUntil: at(600), gaps: [] });
  });

  it("has a gap from the last reading until the next run began to count", () => {
    expect(readings(reading(10), reading(40, { startedAt: 30, countedSince: 30 }))).toMatchObject({
      countedUntil: at(40),
      countedBy: "run 30",
      gaps: [{ from: iso(10), until: iso(30), why: "router_restarted" }],
    });
  });

  it("has a gap at the beginning where the router began within the span", () => {
    const { gaps } = readings(reading(40, { startedAt: 20, countedSince: 20 }));
    expect(gaps).toEqual([{ from: iso(0), until: iso(20), why: "router_restarted" }]);
  });

  it("has a gap where the router dropped what nobody had copied in time", () => {
    const { gaps } = readings(reading(10), reading(500, { countedSince: 100 }));
    expect(gaps).toEqual([{ from: iso(10), until: iso(100), why: "not_kept" }]);
  });

  it("does not count beyond the span, or twice", () => {
    const done = readings(reading(650));
    expect(extendCoverage(done, span, reading(700, { startedAt: 690, countedSince: 690 }))).toBe(done);
    expect(readings(reading(800, { startedAt: 790, countedSince: 790 }))).toMatchObject({
      countedUntil: at(600),
      gaps: [{ from: iso(0), until: iso(600), why: "router_restarted" }],
    });
  });
});

it("closes a span whose end nobody could read as a gap", () => {
  expect(closeCoverage(readings(reading(100)), span)).toMatchObject({
    countedUntil: at(600),
    gaps: [{ from: iso(100), until: iso(600), why: "router_unreachable" }],
  });
  const whole = readings(reading(600));
  expect(closeCoverage(whole, span)).toBe(whole);
});
