import { readdirSync, readFileSync } from "node:fs";

/** Ids of the processes of this machine, its containers' included, whose command line holds the mark. */
export function findProcesses(mark: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => readCommandLine(name).includes(mark))
    .map(Number);
}

function readCommandLine(name: string): string {
  try {
    return readFileSync(`/proc/${name}/cmdline`, "utf8");
  } catch {
    return ""; // It ended meanwhile.
  }
}
