/**
 * One entry of a root file system; `path` is relative to it. `source` is a file of this machine; its content is known
 * by `version` where that is given (two installations have the same), else by its place, size and date.
 */
export type RootEntry =
  | { type: "directory"; path: string; mode: number; owner?: number }
  | { type: "file"; path: string; mode: number; source: string; version?: string }
  | { type: "text"; path: string; mode: number; content: string }
  | { type: "link"; path: string; target: string };

/** A root file system that can become a base image, and what it holds in words for people. */
export type BaseRoot = { entries: RootEntry[]; contents: string; changes: string[] };
