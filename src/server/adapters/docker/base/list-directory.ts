import { readdir, readlink, stat } from "node:fs/promises";
import path from "node:path";
import type { RootEntry } from "./root-entry";

/** A directory of this machine, an installation of that version, as entries below `target`, sorted. */
export async function listDirectory(source: string, target: string, version: string): Promise<RootEntry[]> {
  const entries: RootEntry[] = [{ type: "directory", path: target, mode: 0o755 }];
  const children = await readdir(source, { withFileTypes: true });
  for (const child of children.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const from = path.join(source, child.name);
    const to = `${target}/${child.name}`;
    if (child.isDirectory()) entries.push(...(await listDirectory(from, to, version)));
    else if (child.isSymbolicLink()) entries.push({ type: "link", path: to, target: await readlink(from) });
    else if (child.isFile())
      entries.push({ type: "file", path: to, mode: (await stat(from)).mode & 0o777, source: from, version });
  }
  return entries;
}
