import { copyFileSync, statSync, truncateSync } from "node:fs";

const mostBytes = 20 * 1024 ** 2;
const lookEveryMs = 60_000;

/** Keeps log files within about 20 MiB while this process lives, with one former part beside each. Returns how to end it. */
export function keepLogsSmall(files: string[]): () => Promise<void> {
  const look = () => {
    for (const file of files) rotateLog(file, mostBytes);
  };
  look();
  const timer = setInterval(look, lookEveryMs).unref();
  return async () => clearInterval(timer);
}

/** Copied and cut, because the process that writes has the file open (in append mode, so it goes on at the new end). */
export function rotateLog(file: string, limitBytes: number): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= limitBytes) return;
  copyFileSync(file, `${file}.1`);
  truncateSync(file, 0);
}
