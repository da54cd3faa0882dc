import type { FileTree } from "./file-tree";

/** The command of the web process, as Heroku's Procfile has it; null where there is none. */
export function procfileCommand(tree: FileTree): string | null {
  return /^web:[ \t]*(\S.*?)\s*$/m.exec(tree.read("Procfile"))?.[1] ?? null;
}
