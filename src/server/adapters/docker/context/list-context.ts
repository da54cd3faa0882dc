import type { Dirent } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import path from "node:path";
import type { IgnoreRules } from "./dockerignore";

export type ContextEntry =
  | { type: "file"; path: string; mode: number; modifiedAt: Date; sizeBytes: number }
  | { type: "directory"; path: string; mode: number; modifiedAt: Date }
  | { type: "symlink"; path: string; target: string; modifiedAt: Date };

/**
 * What is below `root`, sorted, so that equal trees are sent equally. Links are listed as links and never followed;
 * sockets, pipes and devices are left out.
 */
export async function* listContext(root: string, rules: IgnoreRules, directory = ""): AsyncGenerator<ContextEntry> {
  const entries = await readdir(path.join(root, directory), { withFileTypes: true });
  for (const entry of entries.sort(byName)) {
    const relative = directory === "" ? entry.name : `${directory}/${entry.name}`;
    if (entry.isDirectory()) {
      if (rules.prunes(relative)) continue;
      if (!rules.ignores(relative)) yield { type: "directory", path: relative, ...(await facts(root, relative)) };
      yield* listContext(root, rules, relative);
    } else if (!rules.ignores(relative)) {
      const found = await readEntry(root, relative, entry);
      if (found) yield found;
    }
  }
}

async function readEntry(root: string, relative: string, entry: Dirent): Promise<ContextEntry | null> {
  if (entry.isFile()) return { type: "file", path: relative, ...(await facts(root, relative)) };
  if (!entry.isSymbolicLink()) return null;
  const target = await readlink(path.join(root, relative));
  const { modifiedAt } = await facts(root, relative);
  return { type: "symlink", path: relative, target, modifiedAt };
}

async function facts(root: string, relative: string) {
  const { mode, mtimeMs, size } = await lstat(path.join(root, relative));
  // Git keeps one permission bit; the umask of whoever checked out must not reach the image.
  return {
    mode: mode & 0o100 ? 0o755 : 0o644,
    modifiedAt: new Date(Math.floor(mtimeMs / 1000) * 1000),
    sizeBytes: size,
  };
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}
