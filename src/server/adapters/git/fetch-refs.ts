/** Fetches into a mirror. Waits for another process's locks; a mirror that is damaged is thrown away and made anew, once. */
import { setTimeout as sleep } from "node:timers/promises";
import type { LogLine } from "@/server/ports";
import { GitFailure, judge, toAppError } from "./git-failure";
import { discardMirror, ensureMirror, touchMirror } from "./mirror";
import { type GitOptions, mirrorEnvironment } from "./mirror-environment";
import { progressLines } from "./progress-lines";
import type { Remote } from "./remote";
import { runGit } from "./run-git";

export type FetchRequest = {
  options: GitOptions;
  mirror: string;
  remote: Remote;
  refspecs: string[];
  onLine: (line: LogLine) => void;
  signal: AbortSignal | undefined;
};

/** 50 ms, doubled each time: three seconds in all. Git holds a ref's lock for moments only, so a lock older than that is a dead process's. */
const lockWaitsMs = [50, 100, 200, 400, 800, 1600];

export async function fetchRefs(request: FetchRequest): Promise<void> {
  const waits = [...lockWaitsMs];
  let madeAnew = false;
  for (;;) {
    const failure = await attempt(request);
    if (failure === null) return;
    const verdict = judge(failure, request.remote.withToken);
    const waitMs = verdict === "mirror_locked" ? waits.shift() : undefined;
    if (waitMs !== undefined) await sleep(waitMs, undefined, { signal: request.signal });
    else if ((verdict === "mirror_locked" || verdict === "mirror_broken") && !madeAnew) {
      madeAnew = true;
      request.onLine({
        at: new Date(),
        stream: "system",
        text: "The local copy is damaged; fetching all of it again.",
      });
      await discardMirror(request.mirror);
    } else throw toAppError(failure, request.remote.withToken);
  }
}

async function attempt({
  options,
  mirror,
  remote,
  refspecs,
  onLine,
  signal,
}: FetchRequest): Promise<GitFailure | null> {
  await ensureMirror(options, mirror, remote.url);
  await touchMirror(mirror);
  const flags = ["--progress", "--prune", "--no-tags", "--no-write-fetch-head", "--no-show-forced-updates"];
  try {
    await runGit({
      args: ["--git-dir", mirror, "fetch", ...flags, "--end-of-options", remote.url, ...refspecs],
      environment: mirrorEnvironment(options, remote),
      signal,
      onStderr: progressLines(onLine),
    });
    return null;
  } catch (error) {
    if (error instanceof GitFailure) return error;
    throw error;
  }
}
