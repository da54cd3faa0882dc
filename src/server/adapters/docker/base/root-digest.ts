import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import type { BaseRoot } from "./root-entry";

/** Identifies what a root is made of: names, texts, and size and date of the files; reading 150 MB each time would not pay. */
export async function rootDigest(root: BaseRoot): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(root.changes));
  for (const entry of root.entries) {
    hash.update(`${JSON.stringify(entry)}\n`);
    if (entry.type === "file") {
      const { size, mtimeMs } = await stat(entry.source);
      hash.update(`${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest("hex").slice(0, 16);
}
