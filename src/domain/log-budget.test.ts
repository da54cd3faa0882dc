import { expect, it } from "vitest";
import { createLogBudget } from "./log-budget";
import type { StoredLogLine } from "./log-line";

const line = (n: number): StoredLogLine => ({ t: n, s: "stdout", x: `line ${n}` });

function run(count: number): string[] {
  const budget = createLogBudget({ firstLines: 5, lastLines: 3 });
  const lines = Array.from({ length: count }, (_, n) => line(n + 1));
  const admitted = lines.filter((one) => budget.admit(one));
  return [...admitted, ...budget.rest()].map((one) => (one.s === "system" ? one.x : String(one.t)));
}

it.each([
  [0, []],
  [5, ["1", "2", "3", "4", "5"]],
  [8, ["1", "2", "3", "4", "5", "6", "7", "8"]],
  [9, ["1", "2", "3", "4", "5", "... 1 lines left out, the log is too long ...", "7", "8", "9"]],
  [1000, ["1", "2", "3", "4", "5", "... 992 lines left out, the log is too long ...", "998", "999", "1000"]],
])("of %d lines the first and the last are kept", (count, expected) => {
  expect(run(count)).toEqual(expected);
});
