import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import type { ContextFile } from "@/domain/plan/types";

/** The text of one file as the build will see it: laid over, or in `root`. Null where it is missing or leads out of it. */
export async function readContextFile(root: string, files: ContextFile[], name: string): Promise<string | null> {
  const laidOver = files.find((file) => file.path === name);
  if (laidOver) return laidOver.content;
  try {
    const inside = `${await realpath(root)}${path.sep}`;
    const file = await realpath(path.join(root, name));
    return file.startsWith(inside) ? await readFile(file, "utf8") : null;
  } catch {
    return null;
  }
}
