/**
 * Keeps one process of the platform running. It lives in a session of its own with its output in a file, so neither
 * Ctrl-C nor the death of this process takes it down in the wrong order; the next start finds it by its record.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "./command-error.mjs";
import type { HeldSocket } from "./hold-sockets";
import { endProcess, forgetProcess, recordProcess } from "./process-record";
import { processStart } from "./process-table";
import { restartDelay } from "./restart-delay";
import { tailOf } from "./tail-of";

export type Program = {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Whether it answers now. "message": it says "ready" to the process that started it. */
  isReady: (() => Promise<boolean>) | "message";
  /** Between SIGTERM and SIGKILL when it is to stop. */
  stopGraceMs: number;
  /**
   * What each of its processes inherits, from `firstSocketFd` on; closed with the stop. Such a process says "leaving" when it
   * takes no more connections, and the next one starts while it ends what it has.
   */
  sockets?: HeldSocket[];
};

/** The first descriptor behind standard input, output and error. */
export const firstSocketFd = 3;

export type Supervised = {
  /** Resolves once it answers. Rejects with a CommandError where it ends again and again, or does not answer in time. */
  ready(abort: AbortSignal): Promise<void>;
  stop(): Promise<void>;
};

/** Several at a time where some of them are leaving. */
type Living = { child: ChildProcess; leaving: boolean };

type Options = { runDirectory: string; logFile: string; say: (text: string) => void; hurry?: AbortSignal };

const readyTimeoutMs = 90_000;
const readyPollMs = 50;
/** So many ends before the first answer are taken for hopeless. */
const hopelessEnds = 3;

export function supervise(program: Program, options: Options): Supervised {
  const stopping = new AbortController();
  const living = new Set<Living>();
  let ends = 0;
  let saidReady = false;
  const isReady = program.isReady === "message" ? async () => saidReady : program.isReady;

  async function keepRunning(): Promise<void> {
    let state = { endsInARow: 0 };
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const one: Living = { child: launch(program, options), leaving: false };
      living.add(one);
      one.child.once("exit", () => living.delete(one));
      one.child.on("message", (message) => {
        saidReady ||= message === "ready";
        one.leaving ||= message === "leaving";
      });
      const how = await waitForEnd(one.child);
      if (stopping.signal.aborted) return;
      ends += 1;
      const next = restartDelay(state, performance.now() - startedAt);
      state = next.state;
      const when = next.delayMs === 0 ? "at once" : `in ${next.delayMs / 1000} s`;
      options.say(`${program.name} ended (${how}); starting it again ${when}. Log: ${options.logFile}`);
      await sleep(next.delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const ended = keepRunning();

  return {
    async ready(abort) {
      const deadline = performance.now() + readyTimeoutMs;
      while (!(await isReady())) {
        abort.throwIfAborted();
        if (ends >= hopelessEnds || performance.now() >= deadline) {
          throw new CommandError(
            `${program.name} does not start:\n${tailOf(options.logFile)}`,
            `Its log: ${options.logFile}`,
          );
        }
        await sleep(readyPollMs);
      }
    },
    async stop() {
      stopping.abort();
      for (const socket of program.sockets ?? []) socket.close();
      await Promise.all([...living].map((one) => end(one, program, options)));
      await ended;
    },
  };
}

async function end({ child: { pid }, leaving }: Living, program: Program, { hurry, say }: Options): Promise<void> {
  const start = pid === undefined ? null : processStart(pid);
  if (pid === undefined || start === null) return;
  const { name, stopGraceMs } = program;
  const longest = Math.ceil(stopGraceMs / 1000);
  const onWait = () => say(`${name} takes up to ${longest} s to end what is under way; Ctrl-C again ends it at once.`);
  const how = await endProcess({ pid, start, stopGraceMs }, { hurry, onWait, asked: leaving });
  if (how === "killed" && !hurry?.aborted) say(`${name} did not stop within ${stopGraceMs / 1000} s and was killed.`);
}

function launch(program: Program, options: Options): ChildProcess {
  const log = openSync(options.logFile, "a");
  const sockets = (program.sockets ?? []).map((socket) => socket.fd());
  const talks = program.isReady === "message" || sockets.length > 0;
  const child = spawn(program.command, program.args, {
    cwd: program.cwd,
    env: program.env,
    detached: true,
    stdio: ["ignore", log, log, ...sockets, ...(talks ? (["ipc"] as const) : [])],
  });
  closeSync(log);
  if (child.pid !== undefined) recordProcess(options.runDirectory, program.name, child.pid, program.stopGraceMs);
  child.once("exit", () => forgetProcess(options.runDirectory, program.name, child.pid ?? 0));
  return child;
}

/** Resolves where another one should be started: how it went. */
function waitForEnd(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on("message", (message) => message === "leaving" && resolve("it was asked to"));
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}
