import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import type { BaseRoot, RootEntry } from "./root-entry";

/** Identifies what a root is made of, without reading its 150 MB. */
export async function rootDigest(root: BaseRoot): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(root.changes));
  for (const entry of root.entries) hash.update(`${JSON.stringify(await identityOf(entry))}\n`);
  return hash.digest("hex").slice(0, 16);
}

async function identityOf(entry: RootEntry): Promise<unknown> {
  if (entry.type !== "file") return entry;
  const { path, mode, source, version } = entry;
  if (version !== undefined) return { path, mode, version };
  const { size, mtimeMs } = await stat(source);
  return { path, mode, source, size, mtimeMs };
}
