import { describe, expect, it } from "vitest";
import { addLatencies, latencyBinOf, latencyBoundsMs, latencyOf, quantile } from "./latency";

function counted(durationsMs: number[]) {
  const counts = latencyBoundsMs.map(() => 0);
  for (const ms of durationsMs) counts[latencyBinOf(ms)] = (counts[latencyBinOf(ms)] ?? 0) + 1;
  return latencyOf(counts);
}

describe("bins", () => {
  it("hold every duration between their bounds", () => {
    for (const ms of [0, 0.3, 1, 1.0001, 1.0905, 1.091, 2, 7.99, 8, 100, 1_234.5, 60_000, 131_072]) {
      const index = latencyBinOf(ms);
      expect(ms).toBeLessThanOrEqual(latencyBoundsMs[index] ?? 0);
      if (index > 0) expect(ms).toBeGreaterThan(latencyBoundsMs[index - 1] ?? Number.POSITIVE_INFINITY);
    }
  });

  it("count what is longer than the last bound in the last one", () => {
    expect(latencyBinOf(10_000_000)).toBe(latencyBoundsMs.length - 1);
  });
});

describe("quantile", () => {
  it("is at most 4.5 percent off between 1 ms and two minutes", () => {
    for (let ms = 1.2; ms < 120_000; ms *= 1.37) {
      expect(Math.abs((quantile(counted([ms]), 0.5)?.ms ?? 0) / ms - 1)).toBeLessThan(0.045);
    }
  });

  it("is by nearest rank, and says between what bounds it lies", () => {
    const latency = counted([...Array(94).fill(10), ...Array(6).fill(500)]);
    const [p50, p95] = [quantile(latency, 0.5), quantile(latency, 0.95)];
    expect(p50?.fromMs).toBeLessThan(10);
    expect(p50?.toMs).toBeGreaterThanOrEqual(10);
    expect(p95?.fromMs).toBeLessThan(500);
    expect(p95?.toMs).toBeGreaterThanOrEqual(500);
    expect(quantile(latency, 0.94)).toEqual(p50);
  });

  it("is nothing where nothing was counted", () => {
    expect(quantile([], 0.5)).toBeNull();
  });

  it("keeps the wide bounds of a router that counts coarsely", () => {
    expect(quantile([[100, 300, 5]], 0.5)).toEqual({ ms: 173, fromMs: 100, toMs: 300 });
  });
});

it("adds histograms, also of different routers", () => {
  const one = counted([3, 3, 700]);
  expect(quantile(addLatencies([one, counted([700, 700, 700])]), 0.5)).toEqual(quantile(counted([700]), 1));
  expect(
    addLatencies([
      [[0, 100, 1]],
      [
        [0, 100, 2],
        [100, 300, 1],
      ],
      [],
    ]),
  ).toEqual([
    [0, 100, 3],
    [100, 300, 1],
  ]);
});
