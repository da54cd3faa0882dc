/** `npm test [-- AREA]`: everything, or one area; installs what it needs and ends with one line that counts it all. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isCommandError } from "./start/command-error.mjs";
import { prepareTestMachine, type TestMachine } from "./start/prepare-test-machine";
import { createProgress, formatDuration } from "./start/progress.mjs";
import { listenForStop } from "./start/stop-request";
import { describeAreas, isAreaName } from "./test/areas";
import { oneFailed, summaryLine } from "./test/counts";
import { formatResults, runStages, type StageResult, total } from "./test/run-stages";
import { createToolRunner } from "./test/run-tool";
import { type Stage, stagesOf } from "./test/stages";

const progress = createProgress(process.stdout);
const stop = listenForStop(() => process.exit(130));

async function runAll(stages: Stage[]): Promise<StageResult[]> {
  const directory = mkdtempSync(path.join(tmpdir(), "helvetia-test-"));
  const environment: Record<string, string> = {};
  const tools = createToolRunner(directory, environment);
  stop.signal.addEventListener("abort", () => tools.stop());
  const options = { say: progress.print, stop: stop.signal };
  const quick = stages.filter(({ needs }) => needs.length === 0);
  const results = await runStages(quick, tools, options);
  const others = stages.filter((stage) => !quick.includes(stage));
  let machine: TestMachine | null = null;
  try {
    machine = await prepareTestMachine(new Set(others.flatMap(({ needs }) => needs)), directory, progress);
    Object.assign(environment, machine.environment);
    results.push(...(await runStages(others, tools, options)));
  } catch (error) {
    if (!isCommandError(error)) throw error;
    progress.fail(error.message, error.fix);
    results.push({ name: "preparation", counts: oneFailed, durationMs: 0 });
  } finally {
    await machine?.stop();
    rmSync(directory, { recursive: true, force: true });
  }
  return results;
}

const [area, ...rest] = process.argv.slice(2);
if (rest.length > 0 || (area !== undefined && !isAreaName(area))) {
  progress.fail(
    `There is no test area "${[area, ...rest].join(" ")}".`,
    `npm test runs everything; npm test -- AREA one of:\n${describeAreas()}`,
  );
  process.exit(2);
}
const startedAt = performance.now();
const results = await runAll(stagesOf(area ?? null));
const counts = total(results);
progress.print(`\n${formatResults(results, formatDuration)}\n`);
progress.print(`  ${formatDuration(performance.now() - startedAt)} in all`);
progress.print(summaryLine(counts));
process.exit(stop.signal.aborted ? 130 : counts.failed === 0 ? 0 : 1);
