export type Counts = { passed: number; failed: number; skipped: number };

export const none: Counts = { passed: 0, failed: 0, skipped: 0 };
export const onePassed: Counts = { ...none, passed: 1 };
export const oneSkipped: Counts = { ...none, skipped: 1 };
export const oneFailed: Counts = { ...none, failed: 1 };

export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The line that every run ends with. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}

/**
 * A runner that failed without a failed test (a crash, an error outside of tests, no report) counts as one failure;
 * so does one that ran nothing at all, because then nothing was shown.
 */
export function settle(counts: Counts | null, exitCode: number): Counts {
  if (counts === null) return oneFailed;
  if (counts.failed === 0 && (exitCode !== 0 || counts.passed + counts.skipped === 0)) return add(counts, oneFailed);
  return counts;
}
