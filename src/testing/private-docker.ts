/**
 * A Docker Engine of our own, with its own socket and data, that may be ended and started again without anybody else
 * noticing. It makes iptables rules and bridges, so it belongs into a network namespace of its own (see bin/chaos.ts).
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import { createDockerEngine } from "@/server/adapters/docker/docker-engine";
import type { Engine } from "@/server/ports";

export type PrivateDocker = {
  /** As DOCKER_HOST takes it. */
  host: string;
  engine: Engine;
  start(): Promise<void>;
  /** SIGTERM is an orderly stop; after SIGKILL the containers run on until the next start. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Ends it for good, with the containerd that it started. */
  destroy(): Promise<void>;
};

const startWithinMs = 60_000;

/**
 * It makes neither bridges nor iptables rules. Told so, a daemon removes the bridge docker0 that it finds, so it gets a
 * network namespace of its own: the machine's other Engine needs that bridge for every build.
 */
export const withoutNetwork = ["--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false"];

/**
 * `directory`: short, since a socket's path has 107 characters at most. `dataRoot`: where images and containers are.
 * `flags`: further ones of dockerd; without a network (`withoutNetwork`) it may run beside another Engine. `enter`: a
 * command that takes it to its network namespace, where it is not to have one that nobody reaches.
 */
export function createPrivateDocker(
  directory: string,
  dataRoot: string,
  flags: string[] = [],
  enter: string[] = flags.includes("--bridge=none") ? ["unshare", "--net"] : [],
): PrivateDocker {
  const socket = path.join(directory, "docker.sock");
  const host = `unix://${socket}`;
  const execRoot = path.join(directory, "exec");
  const pidFile = path.join(directory, "docker.pid");
  const log = pino({ level: "silent" });
  const options = { addressing: "auto", instanceId: "private", imageMirror: null, extraCaCerts: null } as const;
  const engine = createDockerEngine({ ...options, host, log });
  let daemon: ChildProcess | null = null;

  function launch(): ChildProcess {
    const output = openSync(path.join(directory, "dockerd.log"), "a");
    const places = ["--data-root", dataRoot, "--exec-root", execRoot, "--pidfile", pidFile, "--host", host];
    // What enters the namespace becomes the daemon, so its pid and signals are the daemon's.
    const [command = "", ...first] = [...enter, "dockerd"];
    const started = spawn(command, [...first, ...places, ...flags], { stdio: ["ignore", output, output] });
    closeSync(output);
    return started;
  }

  /** Starts it again where it ends, as a service manager does: it may meet the containerd that a killed one left. */
  async function start(): Promise<void> {
    daemon = launch();
    for (const deadline = performance.now() + startWithinMs; ; await sleep(50)) {
      if (await engine.ping().catch(() => null)) return;
      if (performance.now() > deadline) throw new Error("dockerd does not answer");
      if (daemon.exitCode !== null) daemon = launch();
    }
  }

  async function end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const exited = once(daemon, "exit");
    daemon.kill(signal);
    await exited;
    if (signal === "SIGKILL") await containerdEnded();
  }

  /** It is told of its parent's death, and a daemon that is started before it is gone waits for it in vain. */
  async function containerdEnded(): Promise<void> {
    for (let waitedMs = 0; isAlive(containerdPid()) && waitedMs < 10_000; waitedMs += 50) await sleep(50);
  }

  function containerdPid(): number | null {
    const file = path.join(execRoot, "containerd/containerd.pid");
    return existsSync(file) ? Number(readFileSync(file, "utf8")) : null;
  }

  async function destroy(): Promise<void> {
    await end("SIGTERM");
    const left = containerdPid();
    if (left !== null && isAlive(left)) process.kill(left, "SIGKILL");
    // A killed daemon leaves its data mounted on itself, and the next one mounts them again; where none is, this fails.
    while (spawnSync("umount", ["--recursive", dataRoot]).status === 0);
  }

  return { host, engine, start, end, destroy };
}

function isAlive(pid: number | null): boolean {
  try {
    return pid !== null && process.kill(pid, 0);
  } catch {
    return false;
  }
}
