import { expect, it } from "vitest";
import { countChaos } from "./chaos-report";
import { countPlaywright } from "./playwright-report";
import { countVitest } from "./vitest-report";

it("counts what vitest reports, and a file that did not load", () => {
  const testResults = [
    { status: "passed", assertionResults: [{ status: "passed" }, { status: "skipped" }, { status: "todo" }] },
    { status: "failed", assertionResults: [{ status: "passed" }, { status: "failed" }] },
    { status: "failed", assertionResults: [] },
    { status: "failed", assertionResults: [{ status: "pending" }] },
  ];
  expect(countVitest(JSON.stringify({ testResults }))).toEqual({ passed: 2, failed: 3, skipped: 3 });
});

it("counts what Playwright reports, with flaky tests and errors outside of tests as failures", () => {
  const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{ message: "setup" }] };
  expect(countPlaywright(JSON.stringify(report))).toEqual({ passed: 4, failed: 3, skipped: 2 });
});

it("counts the promises of a chaos run, kept and broken", () => {
  const checks = [{ differences: [] }, { differences: ["a stray container", "another"] }, { differences: [] }];
  expect(countChaos(JSON.stringify({ checks }))).toEqual({ passed: 2, failed: 1, skipped: 0 });
});
