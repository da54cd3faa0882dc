import type { Commit } from "@/server/ports";
import type { GitOptions } from "./mirror-environment";
import { mirrorEnvironment } from "./mirror-environment";
import { runGit } from "./run-git";

const longestMessage = 10_000;

/** Commits of a revision or range that is no person's input, newest first. Rejects with GitFailure where it is not there. */
export async function readCommits(
  options: GitOptions,
  mirror: string,
  revisions: string[],
  limit: number,
): Promise<Commit[]> {
  const format = "--format=%H%x00%an%x00%at%x00%B";
  const output = await runGit({
    args: ["--git-dir", mirror, "log", "-z", format, `--max-count=${limit}`, "--end-of-options", ...revisions, "--"],
    environment: mirrorEnvironment(options, null),
  });
  const fields = output.toString("utf8").split("\0");
  const commits: Commit[] = [];
  for (let index = 0; index + 3 < fields.length; index += 4) {
    const [sha = "", authorName = "", seconds = "", message = ""] = fields.slice(index, index + 4);
    const authoredAt = new Date(Number(seconds) * 1000);
    commits.push({ sha, message: message.trim().slice(0, longestMessage), authorName, authoredAt });
  }
  return commits;
}

export async function hasCommit(options: GitOptions, mirror: string, sha: string): Promise<boolean> {
  const args = ["--git-dir", mirror, "cat-file", "-e", `${sha}^{commit}`];
  return runGit({ args, environment: mirrorEnvironment(options, null) }).then(
    () => true,
    () => false,
  );
}
