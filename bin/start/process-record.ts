/** Files that remember which processes we started, so that the next start finds what a killed supervisor left. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { processStart } from "./process-table";

export type ProcessRecord = {
  pid: number;
  start: string;
  /** Between SIGTERM and SIGKILL: whoever ends it after its supervisor's death must give it that, too. */
  stopGraceMs: number;
};

/** After so long a person wants to know what a stop waits for. */
const tellAfterMs = 1_000;

export function recordProcess(directory: string, name: string, pid: number, stopGraceMs: number): void {
  const start = processStart(pid);
  if (start === null) return;
  mkdirSync(directory, { recursive: true });
  writeFileSync(file(directory, name), JSON.stringify({ pid, start, stopGraceMs } satisfies ProcessRecord));
}

/** The recorded process, if that very one still lives. */
export function findRecorded(directory: string, name: string): ProcessRecord | null {
  try {
    const record = JSON.parse(readFileSync(file(directory, name), "utf8")) as ProcessRecord; // safe because only recordProcess writes it
    return processStart(record.pid) === record.start ? record : null;
  } catch {
    return null;
  }
}

/** Forgets the record of `pid`; one that a successor wrote in the meantime stays. */
export function forgetProcess(directory: string, name: string, pid: number): void {
  const found = findRecorded(directory, name);
  if (found === null || found.pid === pid) rmSync(file(directory, name), { force: true });
}

/**
 * SIGTERM, unless it was asked before, then SIGKILL after the process's grace or when `hurry` aborts. Resolves when the
 * process is gone: how it went. `onWait` is called once, where that is not in a moment.
 */
export async function endProcess(
  record: ProcessRecord,
  { hurry, onWait, asked }: { hurry?: AbortSignal; onWait?: () => void; asked?: boolean } = {},
): Promise<"ended" | "killed"> {
  const gone = () => processStart(record.pid) !== record.start;
  const settled = () => gone() || hurry?.aborted === true;
  if (!asked) signal(record.pid, "SIGTERM");
  const atOnceMs = Math.min(tellAfterMs, record.stopGraceMs);
  if (!(await waitFor(settled, atOnceMs)) && atOnceMs < record.stopGraceMs) {
    onWait?.();
    await waitFor(settled, record.stopGraceMs - atOnceMs);
  }
  if (gone()) return "ended";
  signal(record.pid, "SIGKILL");
  await waitFor(gone, 5000);
  return "killed";
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already, which is what was wanted.
  }
}

async function waitFor(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() >= deadline) return false;
    await sleep(50);
  }
  return true;
}

function file(directory: string, name: string): string {
  return path.join(directory, `${name}.json`);
}
