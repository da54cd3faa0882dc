import { AppError, isAppError } from "@/domain/errors";
import type { Commit, GitLocation, LogLine } from "@/server/ports";
import { isBranchName, isCommitId } from "./branch-name";
import { branchRef } from "./mirror";
import { fetchCommit, type MirrorReader } from "./mirror-reader";
import { hasCommit, readCommits } from "./read-commits";
import { readTexts } from "./read-tree";

/**
 * Brings the branch up to date and gives its tip, or the commit `sha`. The remote is asked even where the mirror has
 * that commit: only a remote can say whether these credentials may still read it.
 */
export async function fetchBranch(
  reader: MirrorReader,
  location: GitLocation,
  { branch, sha }: { branch: string; sha?: string },
  onLine: (line: LogLine) => void,
  signal: AbortSignal,
): Promise<Commit> {
  const { options } = reader;
  if (!isBranchName(branch)) throw noBranch(branch);
  if (sha !== undefined && !isCommitId(sha)) throw new AppError("commit_not_found");
  const say = (text: string) => onLine({ at: new Date(), stream: "system", text });
  return reader.exclusive(location, onLine, signal, async (open) => {
    say(`Fetching ${branch} of ${open.remote.url}`);
    try {
      await open.fetch([`+refs/heads/${branch}:${branchRef(branch)}`]);
    } catch (error) {
      // The commit may outlive its branch.
      if (!isAppError(error, "branch_not_found")) throw error;
      if (sha === undefined) throw noBranch(branch, error);
    }
    if (sha !== undefined && !(await hasCommit(options, open.mirror, sha))) await fetchCommit(options, open, sha);
    const [commit] = await readCommits(options, open.mirror, [sha ?? branchRef(branch)], 1);
    if (!commit) throw new AppError("commit_not_found");
    for (const note of await sourceNotes(reader, open.mirror, commit.sha)) say(note);
    return commit;
  });
}

function noBranch(branch: string, cause?: unknown): AppError {
  return new AppError("branch_not_found", { message: `There is no branch ${branch}.`, details: { branch }, cause });
}

/** What a checkout of this commit cannot give. */
async function sourceNotes(reader: MirrorReader, mirror: string, sha: string): Promise<string[]> {
  const attributes = `${sha}:.gitattributes`;
  const text = (await readTexts(reader.options, mirror, [attributes])).get(attributes) ?? "";
  if (!/\bfilter=lfs\b/.test(text)) return [];
  return ["This repository keeps files in Git LFS, which is not supported: the build sees pointers in their place."];
}
