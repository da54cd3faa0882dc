import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { AppError, isAppError } from "@/domain/errors";
import type { GitLocation } from "@/server/ports";
import { checkoutTree } from "./checkout-tree";
import type { MirrorReader } from "./mirror-reader";
import { findTree, normalizeDirectory, readTexts } from "./read-tree";
import { parseGitmodules, submoduleLocation } from "./submodules";

const deepestNesting = 5;

export type CheckoutRequest = {
  location: GitLocation;
  sha: string;
  directory: string;
  target: string;
  signal: AbortSignal;
};

/** Writes the directory and, in it, the commits that its submodules name. */
export async function checkout(reader: MirrorReader, request: CheckoutRequest, depth = 0): Promise<void> {
  const { location, sha, directory, target, signal } = request;
  const { options } = reader;
  const { submodules, text } = await reader.withCommit(location, sha, signal, async (mirror) => {
    await emptyDirectory(target);
    const tree = await findTree(options, mirror, sha, directory);
    const found = await checkoutTree(options, mirror, tree, target, signal);
    if (found.length === 0) return { submodules: found, text: "" };
    const name = `${sha}:.gitmodules`;
    return { submodules: found, text: (await readTexts(options, mirror, [name])).get(name) ?? "" };
  });
  const known = new Map(parseGitmodules(text).map((entry) => [entry.path, entry.url]));
  for (const submodule of submodules) {
    // Git leaves the directory of a submodule that .gitmodules does not name empty; so do we.
    const url = known.get(path.posix.join(normalizeDirectory(directory), submodule.path));
    if (url === undefined) continue;
    if (depth >= deepestNesting) throw new AppError("invalid_input", { message: "Submodules are nested too deep." });
    const inside = path.join(target, submodule.path);
    const from = submoduleLocation(location, url);
    await mkdir(inside, { recursive: true });
    await checkout(
      reader,
      { location: from, sha: submodule.object, directory: "", target: inside, signal },
      depth + 1,
    ).catch((error: unknown) => Promise.reject(aboutSubmodule(error, submodule.path)));
  }
}

/** A second attempt, after a damaged mirror was made anew, finds what the first one wrote. */
async function emptyDirectory(directory: string): Promise<void> {
  for (const name of await readdir(directory)) await rm(path.join(directory, name), { recursive: true, force: true });
}

function aboutSubmodule(error: unknown, name: string): unknown {
  if (!isAppError(error)) return error;
  return new AppError(error.code, { message: `Submodule ${name}: ${error.message}`, fix: error.fix, cause: error });
}
