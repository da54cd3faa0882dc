/** Writes a tree into a directory, with an index of its own so that nothing is shared with other checkouts. */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/domain/errors";
import { GitFailure } from "./git-failure";
import { type GitOptions, mirrorEnvironment } from "./mirror-environment";
import { listTree, readTexts, type TreeEntry } from "./read-tree";
import { runGit } from "./run-git";
import { findEscapingLink } from "./symlinks";

const mostFiles = 500_000;

/** Returns the tree's submodules, which stay empty directories. Throws invalid_input for links that lead out and for paths that git refuses. */
export async function checkoutTree(
  options: GitOptions,
  mirror: string,
  tree: string,
  target: string,
  signal: AbortSignal,
): Promise<TreeEntry[]> {
  const entries = await listTree(options, mirror, tree);
  if (entries.length > mostFiles) {
    throw new AppError("invalid_input", { message: `More than ${mostFiles} files cannot be built.` });
  }
  const links = entries.filter(({ mode }) => mode === "120000");
  const targets = await readTexts(
    options,
    mirror,
    links.map(({ object }) => object),
  );
  const escaping = findEscapingLink(new Map(links.map((link) => [link.path, targets.get(link.object) ?? "/"])));
  if (escaping !== null) {
    throw new AppError("invalid_input", {
      message: `The symbolic link ${escaping} leads out of the directory that is built.`,
      fix: "Make it point to a file inside the root directory, or change the root directory in the service's settings.",
    });
  }
  await writeTree(options, mirror, tree, target, signal);
  return entries.filter(({ mode }) => mode === "160000");
}

async function writeTree(options: GitOptions, mirror: string, tree: string, target: string, signal: AbortSignal) {
  const index = path.join(options.homeDir, `index-${randomUUID()}`);
  const environment = { ...mirrorEnvironment(options, null), GIT_INDEX_FILE: index, GIT_WORK_TREE: target };
  try {
    await runGit({ args: ["--git-dir", mirror, "read-tree", "--reset", "-u", tree], environment, cwd: target, signal });
  } catch (error) {
    if (error instanceof GitFailure && /invalid path/.test(error.said)) {
      throw new AppError("invalid_input", {
        message: "The repository holds a path that Git refuses to write.",
        cause: error,
      });
    }
    throw error;
  } finally {
    await Promise.all([index, `${index}.lock`].map((file) => rm(file, { force: true })));
  }
}
