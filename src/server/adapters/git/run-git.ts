/** Runs git with an argument array, never through a shell, in a process group of its own so that all of it can be ended. */
import { spawn } from "node:child_process";
import { AppError } from "@/domain/errors";
import { GitFailure } from "./git-failure";

export type GitRun = {
  args: string[];
  environment: NodeJS.ProcessEnv;
  cwd?: string;
  input?: string;
  signal?: AbortSignal | undefined;
  onStderr?: (text: string) => void;
  /** Output beyond this is not read: git is ended and what came is returned. */
  outputLimitBytes?: number;
};

const termToKillMs = 500;
const keptStderrCharacters = 16_384;

/**
 * Standard output. Rejects with GitFailure, with the signal's reason once the process is gone, or with `unexpected`
 * where git cannot be started.
 */
export async function runGit(run: GitRun): Promise<Buffer> {
  run.signal?.throwIfAborted();
  const child = spawn("git", run.args, {
    env: run.environment,
    cwd: run.cwd,
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let killTimer: NodeJS.Timeout | undefined;
  let enough = false;
  const end = () => {
    signalGroup(child.pid, "SIGTERM");
    killTimer ??= setTimeout(() => signalGroup(child.pid, "SIGKILL"), termToKillMs);
  };
  const output: Buffer[] = [];
  let outputBytes = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    if (enough) return;
    output.push(chunk);
    outputBytes += chunk.length;
    enough = outputBytes >= (run.outputLimitBytes ?? Number.POSITIVE_INFINITY);
    if (enough) end();
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-keptStderrCharacters);
    run.onStderr?.(text);
  });
  // Git may end before it read all of its input; its exit says why.
  child.stdin.on("error", () => {}).end(run.input ?? "");
  run.signal?.addEventListener("abort", end, { once: true });
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject).once("close", resolve);
    }).catch((cause: unknown) => Promise.reject(notStarted(cause)));
    run.signal?.throwIfAborted();
    if (exitCode !== 0 && !enough) throw new GitFailure(run.args.slice(0, 3).join(" "), exitCode, stderr);
    return Buffer.concat(output);
  } finally {
    clearTimeout(killTimer);
    run.signal?.removeEventListener("abort", end);
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

function notStarted(cause: unknown): AppError {
  return new AppError("unexpected", {
    message: "git could not be started on the server.",
    fix: "Install git 2.31 or later on the server (the operator's job).",
    cause,
  });
}
