import { isCommandError } from "./command-error.mjs";
import { createProgress } from "./progress.mjs";
import type { Stage } from "./provide";
import { listenForStop } from "./stop-request";

/**
 * Runs `start`, waits for Ctrl-C or SIGTERM, and undoes what was started from the last to the first. Asked again, it
 * hurries: processes are killed. Never returns: the exit code is 0 after a stop that was asked for, 1 after a start that
 * failed, 130 where somebody would not wait at all.
 */
export async function runUntilStopped(start: (stage: Stage) => Promise<void>): Promise<never> {
  const progress = createProgress(process.stdout);
  const undo: (() => Promise<unknown>)[] = [];
  const abort = new AbortController();
  const hurry = new AbortController();
  const stop = listenForStop(() => {
    if (hurry.signal.aborted) process.exit(130);
    hurry.abort();
  });
  stop.signal.addEventListener("abort", () => abort.abort());

  const starting = start({ progress, abort, hurry: hurry.signal, onStop: (step) => undo.push(step) });
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
}
