/** The worker as a real process on a real database and Engine, so that tests can kill it as an operator or a kernel would. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export type WorkerProcess = {
  pid: number;
  /** What it logged so far. */
  output(): string;
  /** Sends the signal; resolves with the exit code, null where the signal ended it. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
};

/** Resolves once it takes jobs; rejects with its output where it ends before. */
export async function startWorkerProcess(environment: Record<string, string>): Promise<WorkerProcess> {
  const env = { ...process.env, LOG_LEVEL: "info", ...environment };
  const child = spawn(process.execPath, ["--import", "tsx", "worker/index.ts"], {
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (output += chunk));
  await ready(child, () => output);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exited = once(child, "exit");
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

async function ready(child: ChildProcess, output: () => string): Promise<void> {
  const ended = new AbortController();
  child.once("exit", () => ended.abort(new Error(`the worker ended before it was ready:\n${output()}`)));
  for (;;) {
    const [message] = await once(child, "message", { signal: ended.signal }).catch((error: Error) => {
      throw error.cause ?? error;
    });
    if (message === "ready") return;
  }
}
