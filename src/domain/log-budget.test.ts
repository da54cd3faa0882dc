import { expect, it } from "vitest";
import { createLogBudget } from "./log-budget";
import { type StoredLogLine, storedBytes } from "./log-line";

const line = (n: number): StoredLogLine => ({ t: n, s: "stdout", x: `line ${n}`.padEnd(52) });

function run(count: number): string[] {
  const budget = createLogBudget({ firstBytes: 5 * storedBytes(line(1)), lastLines: 3 });
  const lines = Array.from({ length: count }, (_, n) => line(n + 1));
  const admitted = lines.filter((one) => budget.admit(one));
  return [...admitted, ...budget.rest()].map((one) => (one.s === "system" ? one.x : String(one.t)));
}

const because = "the log is longer than 0 MB";

it.each([
  [0, []],
  [5, ["1", "2", "3", "4", "5"]],
  [8, ["1", "2", "3", "4", "5", "6", "7", "8"]],
  [9, ["1", "2", "3", "4", "5", `… 1 line dropped: ${because}`, "7", "8", "9"]],
  [5000, ["1", "2", "3", "4", "5", `… 4,992 lines dropped: ${because}`, "4998", "4999", "5000"]],
])("of %d lines the first and the last are kept", (count, expected) => {
  expect(run(count)).toEqual(expected);
});

it("lets no short line through once a long one was too much, so that what is kept has no holes", () => {
  const budget = createLogBudget({ firstBytes: 1_000, lastLines: 10 });
  expect(budget.admit({ t: 0, s: "stdout", x: "x".repeat(2_000) })).toBe(false);
  expect(budget.admit({ t: 0, s: "stdout", x: "short" })).toBe(false);
  expect(budget.rest()).toHaveLength(2);
});
