import { lstat, readdir } from "node:fs/promises";
import path from "node:path";

/** What stat counts blocks in, whatever the file system's own are (POSIX). */
const blockBytes = 512;

/** Bytes that a directory and all in it take on disk; what goes while it is measured counts nothing. */
export async function directorySize(directory: string): Promise<number> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    const inside = path.join(directory, entry.name);
    if (entry.isDirectory()) bytes += await directorySize(inside);
    else bytes += ((await lstat(inside).catch(() => null))?.blocks ?? 0) * blockBytes;
  }
  return bytes;
}
