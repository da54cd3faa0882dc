import { expect, it } from "vitest";
import { createLogRate } from "./log-rate";

const line = (t: number, x = "x") => ({ t, s: "stdout" as const, x });
const admitted = (rate: ReturnType<typeof createLogRate>, count: number, t: number, x?: string) =>
  Array.from({ length: count }, () => rate.admits(line(t, x))).filter(Boolean).length;

it("keeps what ten seconds may hold, also where it comes at once, and nothing after it", () => {
  const rate = createLogRate(10);
  expect(admitted(rate, 150, 10_000)).toBe(100);
  expect(admitted(rate, 10, 19_999)).toBe(0);
  expect(admitted(rate, 150, 20_000)).toBe(100);
});

it("counts long lines by what they take", () => {
  const rate = createLogRate(10);
  const kept = admitted(rate, 100, 0, "x".repeat(5_072));
  expect(kept).toBe(10);
});

it("goes by when a line was printed: two replicas, one far behind, share what they may and no more", () => {
  const rate = createLogRate(1);
  let kept = 0;
  for (let n = 0; n < 20; n += 1) {
    kept += Number(rate.admits(line(500_000 + n)));
    kept += Number(rate.admits(line(20_000 + n)));
  }
  expect(kept).toBe(20);
  expect(admitted(rate, 5, 20_500)).toBe(0);
});

it("remembers a bounded number of windows", () => {
  const rate = createLogRate(0.1);
  for (let window = 0; window < 1_000; window += 1) expect(rate.admits(line(window * 10_000))).toBe(true);
  expect(rate.admits(line(9_990_000))).toBe(false);
  expect(rate.admits(line(0))).toBe(true);
});
