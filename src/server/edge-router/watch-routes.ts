/**
 * Keeps the table equal to the routes directory. The file system's events make a change apply within milliseconds; a
 * slow rescan makes up for events that were lost (a full queue, a directory that was replaced, a network file system).
 */
import { type FSWatcher, mkdirSync, readdirSync, readFileSync, statSync, watch } from "node:fs";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Logger } from "@/server/log";
import type { RouteTable } from "./route-table";

export type RoutesWatch = {
  /** Reads one file again, now. */
  reread(fileName: string): void;
  close(): void;
};

/** Files read in one turn by a rescan, so that a large directory does not hold up requests. */
const sliceSize = 20;

/** Makes the directory if need be and reads every file before it returns: a router that listens afterwards knows all routes. */
export function watchRoutes(directory: string, table: RouteTable, log: Logger, rescanMs = 5_000): RoutesWatch {
  const complaints = new Map<string, string>();
  let watcher: FSWatcher | undefined;
  let seen = "";

  // Reading and applying in one turn, without waiting between, means that two reads of one file cannot overtake each other.
  function read(fileNames: string[]): void {
    const refused = table.apply(fileNames.map((name) => [name, readText(path.join(directory, name))]));
    for (const name of fileNames) if (!refused.some(({ fileName }) => fileName === name)) complaints.delete(name);
    for (const { fileName, reason } of refused) {
      if (complaints.get(fileName) === reason) continue;
      complaints.set(fileName, reason);
      log.error({ file: fileName, reason }, "route file refused; its last good routes stay");
    }
  }

  function startWatcher(): FSWatcher {
    const started = watch(directory, (_event, name) => {
      if (name !== null && isRouteFile(name)) read([name]);
    });
    started.on("error", (error) =>
      log.warn({ err: error }, "watching the routes directory failed; the rescan goes on"),
    );
    return started;
  }

  /** Names to read when the directory is another one than last time, or one with other entries; none otherwise. */
  function changedNames(): string[] {
    mkdirSync(directory, { recursive: true });
    const { ino, mtimeNs } = statSync(directory, { bigint: true });
    const before = seen;
    seen = `${ino}:${mtimeNs}`;
    if (before === seen) return [];
    if (!before.startsWith(`${ino}:`)) {
      watcher?.close();
      watcher = startWatcher();
    }
    return [...new Set([...readdirSync(directory).filter(isRouteFile), ...table.fileNames])];
  }

  async function rescan(): Promise<void> {
    const names = changedNames();
    for (let start = 0; start < names.length; start += sliceSize) {
      read(names.slice(start, start + sliceSize));
      await nextTurn();
    }
  }

  read(changedNames());
  const timer = setInterval(() => {
    rescan().catch((error: unknown) => log.error({ err: error }, "the routes directory could not be read"));
  }, rescanMs);
  timer.unref();

  return {
    reread: (fileName) => read([fileName]),
    close: () => {
      clearInterval(timer);
      watcher?.close();
    },
  };
}

/** Names that begin with a dot are files still being written. */
function isRouteFile(name: string): boolean {
  return /^[^.].*\.ya?ml$/.test(name);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
