import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import path from "node:path";
import type { GitFile } from "./commit-files";

const skipped = new Set([".git", "node_modules"]);

/** The files below a directory as a commit holds them; what Git never holds or an install makes is left out. */
export async function readDirectoryFiles(directory: string): Promise<Map<string, GitFile>> {
  const files = new Map<string, GitFile>();
  const visit = async (prefix: string): Promise<void> => {
    const names = await readdir(path.join(directory, prefix));
    for (const name of names.filter((entry) => !skipped.has(entry)).sort()) {
      const relative = path.posix.join(prefix, name);
      const absolute = path.join(directory, relative);
      const stats = await lstat(absolute);
      if (stats.isDirectory()) await visit(relative);
      else if (stats.isSymbolicLink()) files.set(relative, { content: await readlink(absolute), mode: "120000" });
      else if (stats.isFile()) {
        files.set(relative, { content: await readFile(absolute), mode: stats.mode & 0o100 ? "100755" : "100644" });
      }
    }
  };
  await visit("");
  return files;
}
