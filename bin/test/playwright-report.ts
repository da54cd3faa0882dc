import type { Counts } from "./counts";

type Report = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
};

/** Counts a report of Playwright's JSON reporter. A test that passed only when it was tried again counts as failed. */
export function countPlaywright(json: string): Counts {
  const { stats, errors } = JSON.parse(json) as Report; // safe because Playwright writes it
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}
