import type { Counts } from "./counts";

type Report = {
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

/** Counts a report of vitest's JSON reporter. A file that could not be loaded counts as one failure. */
export function countVitest(json: string): Counts {
  const { testResults } = JSON.parse(json) as Report; // safe because vitest writes it
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of testResults) {
    const failedBefore = counts.failed;
    for (const { status } of file.assertionResults) {
      if (status === "passed") counts.passed += 1;
      else if (status === "failed") counts.failed += 1;
      else counts.skipped += 1;
    }
    if (file.status === "failed" && counts.failed === failedBefore) counts.failed += 1;
  }
  return counts;
}
