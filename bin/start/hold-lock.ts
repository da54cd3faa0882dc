import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { processStart } from "./process-table";

/** Waits until no living process holds the lock file, takes it, and returns how to let go of it. */
export async function holdLock(file: string): Promise<() => void> {
  mkdirSync(path.dirname(file), { recursive: true });
  while (!tryTake(file)) {
    if (isHeld(file)) await sleep(200);
    else rmSync(file, { force: true });
  }
  return () => rmSync(file, { force: true });
}

/** Linked into place, so that nobody ever reads a lock file without its holder. */
function tryTake(file: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${process.pid} ${processStart(process.pid)}`);
  try {
    linkSync(draft, file);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function isHeld(file: string): boolean {
  try {
    const [pid, start] = readFileSync(file, "utf8").split(" ");
    return processStart(Number(pid)) === start;
  } catch {
    return false; // It was let go of between the attempt and the look.
  }
}
