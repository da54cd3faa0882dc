/** `npm start`: from a plain clone to a running platform with a running application, and every time after that. */
import { bringUp } from "./start/bring-up";
import { firstRun } from "./start/first-run";
import { installTimeMs } from "./start/install-time.mjs";
import { prepareInstance } from "./start/prepare-instance";
import { runUntilStopped } from "./start/run-until-stopped";
import { printSummary, writeReport } from "./start/write-report";

await runUntilStopped(async (stage) => {
  const { progress } = stage;
  const startedAt = performance.now() - installTimeMs();
  progress.print(`\n  ${progress.paint.bold("Helvetia Cloud")}\n`);
  const instance = await bringUp(await prepareInstance(process.cwd()), stage);
  const first = await firstRun(instance, stage);
  const readyMs = performance.now() - startedAt;
  printSummary(instance, first, progress, readyMs);
  first?.owner.finish();
  writeReport(instance, first, progress, readyMs);
});
