/** One supervisor a data directory. A supervisor that was killed left its processes running: they are ended here. */
import path from "node:path";
import { CommandError } from "./command-error.mjs";
import { endProcess, findRecorded, forgetProcess, recordProcess } from "./process-record";

const supervisor = "supervisor";

/**
 * Throws a CommandError where this instance runs already. Returns the names of the processes that were ended; they are
 * not taken over, because they may be of another version, and applications do not depend on them to run.
 */
export async function claimInstance(runDirectory: string, programs: readonly string[]): Promise<string[]> {
  const other = findRecorded(runDirectory, supervisor);
  if (other) {
    throw new CommandError(
      `This instance runs already (pid ${other.pid}, data in ${path.dirname(runDirectory)}).`,
      `Stop it with: kill ${other.pid}\nFor a second instance set HELVETIA_DATA_DIR, WEB_PORT, EDGE_PORT and EDGE_API_PORT.`,
    );
  }
  recordProcess(runDirectory, supervisor, process.pid);
  const left = programs.flatMap((name) => {
    const record = findRecorded(runDirectory, name);
    return record ? [{ name, record }] : [];
  });
  await Promise.all(
    left.map(async ({ name, record }) => {
      await endProcess(record, 5000);
      forgetProcess(runDirectory, name, record.pid);
    }),
  );
  return left.map(({ name }) => name);
}

export function releaseInstance(runDirectory: string): void {
  forgetProcess(runDirectory, supervisor, process.pid);
}
