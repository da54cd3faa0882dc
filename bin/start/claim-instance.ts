/** One supervisor a data directory. A supervisor that was killed left its processes running: they are ended here. */
import path from "node:path";
import { CommandError } from "./command-error.mjs";
import { endProcess, findRecorded, forgetProcess, recordProcess } from "./process-record";

const supervisor = "supervisor";
/** Nobody ends a supervisor in another one's place; its record needs a number all the same. */
const supervisorGraceMs = 0;

/**
 * Throws a CommandError where this instance runs already. Returns the names of the processes that were ended; they are
 * not taken over, because they may be of another version, and applications do not depend on them to run.
 */
export async function claimInstance(
  runDirectory: string,
  programs: readonly string[],
  { hurry, say }: { hurry?: AbortSignal; say?: (text: string) => void } = {},
): Promise<string[]> {
  const other = findRecorded(runDirectory, supervisor);
  if (other) {
    throw new CommandError(
      `This instance runs already (pid ${other.pid}, data in ${path.dirname(runDirectory)}).`,
      `Stop it with: kill ${other.pid}\nFor a second instance set HELVETIA_DATA_DIR, WEB_PORT, EDGE_PORT and EDGE_API_PORT.`,
    );
  }
  recordProcess(runDirectory, supervisor, process.pid, supervisorGraceMs);
  const left = programs.flatMap((name) => {
    const record = findRecorded(runDirectory, name);
    return record ? [{ name, record }] : [];
  });
  await Promise.all(
    left.map(async ({ name, record }) => {
      const longest = Math.ceil(record.stopGraceMs / 1000);
      const onWait = () => say?.(`${name}, left by a killed start, takes up to ${longest} s to end what is under way.`);
      await endProcess(record, { hurry, onWait });
      forgetProcess(runDirectory, name, record.pid);
    }),
  );
  return left.map(({ name }) => name);
}

export function releaseInstance(runDirectory: string): void {
  forgetProcess(runDirectory, supervisor, process.pid);
}
