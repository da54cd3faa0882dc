import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { directorySize } from "@/server/directory-size";
import type { MirrorInfo } from "@/server/ports";
import { mirrorAddressFile } from "./mirror";
import type { GitOptions } from "./mirror-environment";

/** All that lies where the mirrors are, also what a killed process left of one that it made or threw away. */
export async function listMirrors({ mirrorsDir }: GitOptions): Promise<MirrorInfo[]> {
  const names = await readdir(mirrorsDir).catch(() => []);
  const found = await Promise.all(names.map((name) => readMirror(mirrorsDir, name)));
  return found.filter((mirror) => mirror !== null);
}

async function readMirror(mirrorsDir: string, name: string): Promise<MirrorInfo | null> {
  const directory = path.join(mirrorsDir, name);
  try {
    const { mtime } = await stat(directory);
    const address = await readFile(mirrorAddressFile(directory), "utf8").catch(() => null);
    return { name, url: address, usedAt: mtime, sizeBytes: await directorySize(directory) };
  } catch {
    return null; // It went meanwhile.
  }
}
