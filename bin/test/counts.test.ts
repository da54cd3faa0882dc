import { expect, it } from "vitest";
import { settle, summaryLine } from "./counts";

it("ends with the same line everywhere", () => {
  expect(summaryLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
  expect(summaryLine({ passed: 12, failed: 1, skipped: 2 })).toBe("12 passed, 1 failed, 2 skipped");
});

it.each([
  ["all passed", { passed: 3, failed: 0, skipped: 0 }, 0, 0],
  ["one failed", { passed: 2, failed: 1, skipped: 0 }, 1, 1],
  ["an error outside of tests", { passed: 3, failed: 0, skipped: 0 }, 1, 1],
  ["no report", null, 0, 1],
  ["nothing ran", { passed: 0, failed: 0, skipped: 0 }, 0, 1],
])("%s", (_name, counts, exitCode, failed) => {
  expect(settle(counts, exitCode).failed).toBe(failed);
});
