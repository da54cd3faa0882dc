/**
 * Access to mirrors for all that reads and fetches: one fetch of a mirror at a time, and a commit that this machine
 * never fetched, or that is damaged here, is fetched before it is read, so that a deployment may move to any worker.
 */
import { stat } from "node:fs/promises";
import path from "node:path";
import { AppError, isAppError } from "@/domain/errors";
import type { GitLocation, LogLine } from "@/server/ports";
import { isCommitId } from "./branch-name";
import { fetchRefs } from "./fetch-refs";
import { GitFailure, judge, toAppError } from "./git-failure";
import { createKeyQueue } from "./key-queue";
import { discardMirror, mirrorPath, touchMirror } from "./mirror";
import type { GitOptions } from "./mirror-environment";
import { hasCommit } from "./read-commits";
import { type Remote, toRemote } from "./remote";

export type OpenMirror = { mirror: string; remote: Remote; fetch(refspecs: string[]): Promise<void> };

export type MirrorReader = {
  options: GitOptions;
  /** Alone with the mirror, among all that would fetch into it in this process. */
  exclusive<T>(
    location: GitLocation,
    onLine: (line: LogLine) => void,
    signal: AbortSignal | undefined,
    work: (open: OpenMirror) => Promise<T>,
  ): Promise<T>;
  /** Reads from the mirror once it holds the commit. Throws commit_not_found and what a fetch throws. */
  withCommit<T>(
    location: GitLocation,
    sha: string,
    signal: AbortSignal | undefined,
    read: (mirror: string) => Promise<T>,
  ): Promise<T>;
  /**
   * Throws a mirror away that was not used since, after the fetch that is under way. Another process that comes for it at
   * that very moment makes it anew, as one that is damaged. Returns whether it went.
   */
  discardUnused(name: string, since: Date): Promise<boolean>;
};

export function createMirrorReader(options: GitOptions): MirrorReader {
  const enqueue = createKeyQueue();

  const exclusive: MirrorReader["exclusive"] = async (location, onLine, signal, work) => {
    const remote = await toRemote(location, options.allowedPaths);
    const mirror = mirrorPath(options, remote.url);
    const fetch = (refspecs: string[]) => fetchRefs({ options, mirror, remote, refspecs, onLine, signal });
    return enqueue(mirror, () => work({ mirror, remote, fetch }), signal);
  };

  const withCommit: MirrorReader["withCommit"] = async (location, sha, signal, read) => {
    const { url, withToken } = await toRemote(location, options.allowedPaths);
    const mirror = mirrorPath(options, url);
    const ensure = () =>
      exclusive(
        location,
        () => {},
        signal,
        async (open) => {
          if (!(await hasCommit(options, mirror, sha))) await fetchCommit(options, open, sha);
        },
      );
    await touchMirror(mirror);
    if (!(await hasCommit(options, mirror, sha))) await ensure();
    try {
      return await read(mirror);
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      // What the disk cannot hold, a mirror made anew could not either.
      if (judge(error, withToken) === "disk_full") throw toAppError(error, withToken);
    }
    // Reading fails for no other reason than damage: make the mirror anew and read once more.
    await discardMirror(mirror);
    await ensure();
    return read(mirror).catch((error: unknown) =>
      Promise.reject(error instanceof GitFailure ? toAppError(error, withToken) : error),
    );
  };

  const discardUnused: MirrorReader["discardUnused"] = (name, since) => {
    const mirror = path.join(options.mirrorsDir, path.basename(name));
    return enqueue(mirror, async () => {
      const found = await stat(mirror).catch(() => null);
      if (!found || found.mtime > since) return false;
      await discardMirror(mirror);
      return true;
    });
  };

  return { options, exclusive, withCommit, discardUnused };
}

/** Fetches a commit by its id, or, where the server gives only tips of branches, by way of all of them. Throws commit_not_found. */
export async function fetchCommit(options: GitOptions, open: OpenMirror, sha: string): Promise<void> {
  if (!isCommitId(sha)) throw new AppError("commit_not_found");
  try {
    await open.fetch([`+${sha}:refs/commits/${sha}`]);
  } catch (error) {
    if (!isAppError(error, "commit_not_found")) throw error;
    await open.fetch(["+refs/heads/*:refs/remote/*"]);
  }
  if (!(await hasCommit(options, open.mirror, sha))) throw new AppError("commit_not_found");
}
