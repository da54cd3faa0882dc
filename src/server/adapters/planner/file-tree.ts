/** A read-only view of the files that are to be built. Detection looks at nothing else, so it is a pure function of it. */
import { AppError } from "@/domain/errors";

export type FileTree = {
  /** Relative, with "/", sorted. */
  paths: readonly string[];
  has(path: string): boolean;
  /** Whether anything lies below the directory. */
  hasDirectory(path: string): boolean;
  /** Text of a file, or "" where it is not there or was not read (see directory-tree.ts). */
  read(path: string): string;
};

export function createFileTree(files: ReadonlyMap<string, string>): FileTree {
  const paths = [...files.keys()].sort();
  return {
    paths,
    has: (path) => files.has(path),
    hasDirectory: (path) => paths.some((one) => one.startsWith(`${path}/`)),
    read: (path) => files.get(path) ?? "",
  };
}

/** The first of these files that is there. */
export function firstFile(tree: FileTree, candidates: readonly string[]): string | null {
  return candidates.find((path) => tree.has(path)) ?? null;
}

/** Throws invalid_input where the file is there but is no JSON object; null where it is not there. */
export function readJsonObject(tree: FileTree, path: string): Record<string, unknown> | null {
  if (!tree.has(path)) return null;
  try {
    const value: unknown = JSON.parse(tree.read(path).replace(/^\uFEFF/, ""));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below.
  }
  throw new AppError("invalid_input", {
    message: `${path} is not valid JSON.`,
    fix: "Correct it, commit and deploy again.",
  });
}
