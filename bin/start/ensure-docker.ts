/** Makes sure that a Docker Engine answers, installing and starting it where we may. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "./command-error.mjs";
import { type EngineProblem, type FoundEngine, findEngine, isFound } from "./docker-engine";
import { isOnPath } from "./is-on-path";
import { canInstall, installPackages, type Machine } from "./system-packages";

type Options = {
  /** DOCKER_HOST. A person who set it runs that Engine themselves: nothing is installed then. */
  dockerHost: string | null;
  machine: Machine;
  /** Where the daemon's log goes, when we start it. */
  logFile: string;
  doing: (text: string) => void;
};

/** BuildKit's own are 1 MiB a step and 100 KiB a second, in bytes; a build of many lines is to be read whole. */
const buildLogLimits = { BUILDKIT_STEP_LOG_MAX_SIZE: "67108864", BUILDKIT_STEP_LOG_MAX_SPEED: "67108864" };

/** Throws a CommandError with the command to run where the Engine is out of our hands. */
export async function ensureDocker(options: Options): Promise<FoundEngine> {
  const found = await findEngine(options.dockerHost);
  if (isFound(found)) return found;
  const installed = isOnPath("dockerd");
  const ours = options.dockerHost === null && found.reason === "absent" && process.platform === "linux";
  if (!ours || !options.machine.root || !(installed || canInstall(options.machine))) {
    throw new CommandError(describe(found), advise(found, options));
  }
  if (!installed) {
    options.doing("installing Debian's docker.io");
    configureUnit();
    await installPackages(["docker.io", "iptables", "ca-certificates"]);
    // The package starts the daemon itself where an init system runs.
    const started = await waitForEngine(3000);
    if (started) return started;
  }
  options.doing("starting the daemon");
  startDaemon(options.logFile);
  const started = await waitForEngine(60_000);
  if (started) return started;
  throw new CommandError("The Docker Engine was started and does not answer.", `Its log says why: ${options.logFile}`);
}

/** Before the package starts the daemon, so that nothing has to be restarted. */
function configureUnit(): void {
  if (!existsSync("/run/systemd/system")) return;
  const directory = "/etc/systemd/system/docker.service.d";
  mkdirSync(directory, { recursive: true });
  const lines = Object.entries(buildLogLimits).map(([name, value]) => `Environment=${name}=${value}\n`);
  writeFileSync(path.join(directory, "build-logs.conf"), `[Service]\n${lines.join("")}`);
}

/** systemd's unit where systemd runs, otherwise a process of its own that outlives us: applications must go on. */
function startDaemon(logFile: string): void {
  if (existsSync("/run/systemd/system")) {
    spawn("systemctl", ["start", "docker"], { stdio: "ignore" });
    return;
  }
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, "a");
  const env = { ...process.env, ...buildLogLimits };
  spawn("dockerd", [], { detached: true, stdio: ["ignore", log, log], env }).unref();
}

async function waitForEngine(timeoutMs: number): Promise<FoundEngine | null> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await findEngine(null);
    if (isFound(found)) return found;
    if (performance.now() >= deadline) return null;
    await sleep(200);
  }
}

function describe({ host, reason }: EngineProblem): string {
  return reason === "denied"
    ? `The Docker Engine at ${host} does not let this user in.`
    : `No Docker Engine answers at ${host}.`;
}

function advise(problem: EngineProblem, { dockerHost, machine }: Options): string {
  if (problem.reason === "denied") return "Run: sudo usermod -aG docker $USER   and sign in to the machine again.";
  if (dockerHost !== null) return "Start it, or correct DOCKER_HOST.";
  if (process.platform === "darwin") return "Run: open -a Docker   (Docker Desktop), then run this command again.";
  if (machine.debian) return "Run: sudo apt-get install -y docker.io && sudo systemctl start docker";
  return "Install Docker (https://docs.docker.com/engine/install), start it, then run this command again.";
}
