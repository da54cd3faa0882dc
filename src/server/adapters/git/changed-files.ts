import { type GitOptions, mirrorEnvironment } from "./mirror-environment";
import { normalizeDirectory } from "./read-tree";
import { runGit } from "./run-git";

export type ChangedFile = { path: string; change: "added" | "modified" | "deleted" | "renamed" };

const changes: Record<string, ChangedFile["change"]> = { A: "added", D: "deleted", R: "renamed" };
const longestPathBytes = 4096;

/** A renamed file is listed by its new path. */
export async function changedFiles(
  options: GitOptions,
  mirror: string,
  range: { from: string; to: string; directory: string; limit: number },
): Promise<ChangedFile[]> {
  const flags = ["-r", "-z", "-M", "--name-status", "--no-commit-id"];
  const output = await runGit({
    args: [
      "--git-dir",
      mirror,
      "diff-tree",
      ...flags,
      range.from,
      range.to,
      "--",
      normalizeDirectory(range.directory) || ".",
    ],
    environment: mirrorEnvironment(options, null),
    outputLimitBytes: (range.limit + 1) * 2 * longestPathBytes,
  });
  const fields = output.toString("utf8").split("\0");
  const files: ChangedFile[] = [];
  for (let index = 0; index + 1 < fields.length && files.length < range.limit; ) {
    const letter = (fields[index] ?? "").charAt(0);
    const names = letter === "R" ? 2 : 1;
    files.push({ path: fields[index + names] ?? "", change: changes[letter] ?? "modified" });
    index += 1 + names;
  }
  return files;
}
