import { describe, expect, it } from "vitest";
import { defaultHealth, type HealthSettings, healthLimitMs, neededMs } from "./health-settings";

const settings = (changes: Partial<HealthSettings>): HealthSettings => ({ ...defaultHealth, ...changes });

describe("how long a release may take", () => {
  it.each<[string, Partial<HealthSettings>, number, number]>([
    ["by default as long as the server allows", {}, 0, 60_000],
    ["good answers are an interval apart", { threshold: 3, intervalMs: 5_000 }, 10_000, 60_000],
    [
      "the Engine begins after an interval",
      { check: { type: "image" }, threshold: 2, intervalMs: 5_000 },
      10_000,
      60_000,
    ],
    ["a start period ends it sooner", { startPeriodMs: 20_000, timeoutMs: 2_000 }, 20_000, 22_000],
    ["and counts with the good answers", { startPeriodMs: 20_000, threshold: 3, intervalMs: 5_000 }, 30_000, 35_000],
    ["never beyond the server's limit", { startPeriodMs: 58_000 }, 58_000, 60_000],
  ])("%s", (_name, changes, needed, limit) => {
    expect(neededMs(settings(changes))).toBe(needed);
    expect(healthLimitMs(settings(changes), 60_000)).toBe(limit);
  });
});
