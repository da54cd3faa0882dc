import { add, type Counts, none, summaryLine } from "./counts";
import type { ToolRunner } from "./run-tool";
import type { Stage } from "./stages";

export type StageResult = { name: string; counts: Counts; durationMs: number };

/** Runs all stages, also after one failed, and says of each when it begins. */
export async function runStages(
  stages: Stage[],
  tools: ToolRunner,
  options: { say: (text: string) => void; stop: AbortSignal },
): Promise<StageResult[]> {
  const results: StageResult[] = [];
  for (const { name, run } of stages) {
    if (options.stop.aborted) break;
    options.say(`\n── ${name} ${"─".repeat(Math.max(0, 60 - name.length))}`);
    const startedAt = performance.now();
    const counts = await run(tools);
    results.push({ name, counts, durationMs: performance.now() - startedAt });
  }
  return results;
}

/** A line for each stage. */
export function formatResults(results: StageResult[], formatDuration: (durationMs: number) => string): string {
  return results
    .map(({ name, counts, durationMs }) => {
      const mark = counts.failed === 0 ? "✓" : "✗";
      return `  ${mark} ${formatDuration(durationMs).padStart(12)}  ${name.padEnd(12)} ${summaryLine(counts)}`;
    })
    .join("\n");
}

export function total(results: StageResult[]): Counts {
  return results.map(({ counts }) => counts).reduce(add, none);
}
