import { expect, it } from "vitest";
import { createLogRate } from "./log-rate";

const line = (t: number, x = "x") => ({ t, s: "stdout" as const, x });
const admitted = (rate: ReturnType<typeof createLogRate>, count: number, t: number, x?: string) =>
  Array.from({ length: count }, () => rate.admits(line(t, x))).filter(Boolean).length;

it("keeps the first lines of each second and none after them", () => {
  const rate = createLogRate(100);
  expect(admitted(rate, 150, 1_000)).toBe(100);
  expect(admitted(rate, 10, 1_999)).toBe(0);
  expect(admitted(rate, 150, 2_000)).toBe(100);
});

it("counts long lines by what they take", () => {
  const rate = createLogRate(100);
  const kept = admitted(rate, 100, 0, "x".repeat(5_072));
  expect(kept).toBe(10);
});

it("goes by when a line was printed: two replicas, one far behind, share each second's lines and no more", () => {
  const rate = createLogRate(10);
  let kept = 0;
  for (let n = 0; n < 20; n += 1) {
    kept += Number(rate.admits(line(500_000 + n)));
    kept += Number(rate.admits(line(20_000 + n)));
  }
  expect(kept).toBe(20);
  expect(admitted(rate, 5, 20_500)).toBe(0);
});

it("remembers a bounded number of seconds", () => {
  const rate = createLogRate(1);
  for (let second = 0; second < 1_000; second += 1) expect(rate.admits(line(second * 1_000))).toBe(true);
  expect(rate.admits(line(999_000))).toBe(false);
  expect(rate.admits(line(0))).toBe(true);
});
