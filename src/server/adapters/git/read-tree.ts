/** Reads trees of a mirror. */
import path from "node:path";
import { AppError } from "@/domain/errors";
import { type GitOptions, mirrorEnvironment } from "./mirror-environment";
import { runGit } from "./run-git";

export type TreeEntry = { mode: string; object: string; path: string };

/** "" is the root. Throws root_directory_not_found for what is no path inside a repository. */
export function normalizeDirectory(directory: string): string {
  const normal = path.posix.normalize(`./${directory}`).replace(/\/+$/, "");
  if (normal === "" || normal === ".") return "";
  if (directory.startsWith("/") || directory.includes("\0") || normal.split("/").includes("..")) {
    throw new AppError("root_directory_not_found");
  }
  return normal;
}

/** Object name of a directory's tree. Throws root_directory_not_found; rejects with GitFailure where the mirror is damaged. */
export async function findTree(options: GitOptions, mirror: string, sha: string, directory: string): Promise<string> {
  const environment = mirrorEnvironment(options, null);
  const at = ["--git-dir", mirror];
  const normal = normalizeDirectory(directory);
  if (normal === "") {
    const output = await runGit({ args: [...at, "rev-parse", "--verify", `${sha}^{tree}`], environment });
    return output.toString("utf8").trim();
  }
  const output = await runGit({ args: [...at, "ls-tree", "-d", "-z", "--full-tree", sha, "--", normal], environment });
  const entry = parseEntries(output).find(({ mode }) => mode === "040000");
  if (!entry) throw new AppError("root_directory_not_found");
  return entry.object;
}

/** All files of a tree, those of its directories included. */
export async function listTree(options: GitOptions, mirror: string, tree: string): Promise<TreeEntry[]> {
  const args = ["--git-dir", mirror, "ls-tree", "-r", "-z", "--full-tree", tree];
  return parseEntries(await runGit({ args, environment: mirrorEnvironment(options, null) }));
}

/** Contents of small text objects (links, configuration), by object name or `<commit>:<path>`; what is not there is left out. */
export async function readTexts(options: GitOptions, mirror: string, names: string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  if (names.length === 0) return texts;
  const output = await runGit({
    args: ["--git-dir", mirror, "cat-file", "--batch=%(objecttype) %(objectsize)"],
    environment: mirrorEnvironment(options, null),
    input: `${names.join("\n")}\n`,
  });
  let position = 0;
  for (const name of names) {
    const lineEnd = output.indexOf("\n", position);
    const head = output.toString("utf8", position, lineEnd);
    position = lineEnd + 1;
    const size = /^blob (\d+)$/.exec(head)?.[1];
    if (size === undefined) continue;
    texts.set(name, output.toString("utf8", position, position + Number(size)));
    position += Number(size) + 1;
  }
  return texts;
}

function parseEntries(output: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (const line of output.toString("utf8").split("\0")) {
    const [, mode, object, name] = /^(\d{6}) \w+ ([0-9a-f]+)\t([\s\S]*)$/.exec(line) ?? [];
    if (mode !== undefined && object !== undefined && name !== undefined) entries.push({ mode, object, path: name });
  }
  return entries;
}
