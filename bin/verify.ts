/** `npm run verify`: what can be told without Docker and a database, in under a minute. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { formatDuration } from "./start/progress.mjs";
import { listenForStop } from "./start/stop-request";
import { summaryLine } from "./test/counts";
import { formatResults, runStages, total } from "./test/run-stages";
import { createToolRunner } from "./test/run-tool";
import { staticStages, unitStage } from "./test/stages";

const reports = mkdtempSync(path.join(tmpdir(), "helvetia-verify-"));
// Without a database the tests that need one skip themselves.
const tools = createToolRunner(reports, { DATABASE_URL: "" });
const stop = listenForStop(() => process.exit(130));
stop.signal.addEventListener("abort", () => tools.stop());

const results = await runStages([...staticStages, unitStage()], tools, { say: console.log, stop: stop.signal });
rmSync(reports, { recursive: true, force: true });
const counts = total(results);
console.log(`\n${formatResults(results, formatDuration)}\n`);
console.log(summaryLine(counts));
process.exit(stop.signal.aborted ? 130 : counts.failed === 0 ? 0 : 1);
