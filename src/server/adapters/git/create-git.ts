/** The Git port by the `git` program: one bare mirror a repository, read and written without a work tree. */
import path from "node:path";
import { AppError } from "@/domain/errors";
import type { Git } from "@/server/ports";
import { isCommitId } from "./branch-name";
import { changedFiles } from "./changed-files";
import { checkout } from "./checkout";
import { fetchBranch } from "./fetch-branch";
import { listBranches } from "./list-branches";
import { listMirrors } from "./list-mirrors";
import { mirrorPath } from "./mirror";
import type { GitOptions } from "./mirror-environment";
import { createMirrorReader } from "./mirror-reader";
import { readCommits } from "./read-commits";
import { findTree } from "./read-tree";
import { toRemote } from "./remote";

export type { GitOptions } from "./mirror-environment";

export function createGit(options: GitOptions): Git {
  const reader = createMirrorReader(options);
  const check = (...shas: string[]) => {
    if (!shas.every(isCommitId)) throw new AppError("commit_not_found");
  };
  return {
    fetch: (location, ref, onLine, signal) => fetchBranch(reader, location, ref, onLine, signal),

    branches: (location, signal) => listBranches(options, location, signal),

    mirrors: () => listMirrors(options),

    async mirrorName(location) {
      const remote = await toRemote(location, options.allowedPaths).catch(() => null);
      return remote && path.basename(mirrorPath(options, remote.url));
    },

    removeMirror: (name, unusedSince) => reader.discardUnused(name, unusedSince),

    async treeHash(location, sha, directory) {
      check(sha);
      return reader.withCommit(location, sha, undefined, (mirror) => findTree(options, mirror, sha, directory));
    },

    async checkout(location, sha, directory, target, signal) {
      check(sha);
      await checkout(reader, { location, sha, directory, target, signal });
    },

    async log(location, from, to, limit) {
      check(to, ...(from === null ? [] : [from]));
      if (from !== null) await reader.withCommit(location, from, undefined, async () => {});
      const range = [from === null ? to : `${from}..${to}`];
      return reader.withCommit(location, to, undefined, (mirror) => readCommits(options, mirror, range, limit));
    },

    async changedFiles(location, from, to, directory, limit) {
      check(from, to);
      await reader.withCommit(location, from, undefined, async () => {});
      return reader.withCommit(location, to, undefined, (mirror) =>
        changedFiles(options, mirror, { from, to, directory, limit }),
      );
    },
  };
}
