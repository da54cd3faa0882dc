/** `npm start`: from a plain clone to a running platform with a running application, and every time after that. */
import { bringUp } from "./start/bring-up";
import { isCommandError } from "./start/command-error.mjs";
import { firstRun } from "./start/first-run";
import { prepareInstance } from "./start/prepare-instance";
import { createProgress } from "./start/progress.mjs";
import { listenForStop } from "./start/stop-request";
import { printSummary, writeReport } from "./start/write-report";

const progress = createProgress(process.stdout);
const undo: (() => Promise<unknown>)[] = [];
const onStop = (step: () => Promise<unknown>) => undo.push(step);
const abort = new AbortController();
const stop = listenForStop(() => process.exit(130));
stop.signal.addEventListener("abort", () => abort.abort());

async function start(): Promise<void> {
  const startedAt = performance.now() - (Number(process.env.HELVETIA_INSTALL_MS) || 0);
  progress.print(`\n  ${progress.paint.bold("Helvetia Cloud")}\n`);
  const instance = await bringUp(await prepareInstance(process.cwd()), { progress, abort, onStop });
  const first = await firstRun(instance, { progress, onStop, signal: abort.signal });
  const readyMs = performance.now() - startedAt;
  printSummary(instance, first, progress, readyMs);
  first?.owner.finish();
  writeReport(instance, first, progress, readyMs);
}

const starting = start();
try {
  await Promise.race([starting, stop.requested]);
  progress.print(`\n  Stopping (${await stop.requested})`);
  // What is being started is seen through to where it can be undone.
  await starting.catch(() => undefined);
} catch (error) {
  process.exitCode = 1;
  if (isCommandError(error)) progress.fail(error.message, error.fix);
  else progress.fail("The start failed unexpectedly.", `${error instanceof Error ? error.stack : error}`);
}
for (const step of undo.reverse()) await step();
process.exit();
