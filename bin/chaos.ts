/**
 * `npm run chaos [-- --seed N] [--rounds N] [--faults NAME,NAME] [--json FILE]`: people deploy and visitors visit while the
 * worker, PostgreSQL, the Docker Engine, Redis, the router and the disk, or those of them that --faults names, are taken
 * away, one after the other, in an order that the seed decides. Then it compares every row with the world. The machine's own Docker Engine has no part in it: all runs in
 * namespaces of its own, with an Engine, a disk and a Redis of its own. Needs Linux and root. Its last line is the report
 * as JSON, which --json writes to a file too; exits with 1 where a promise was broken, with 2 where the machine cannot do it.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { faultNames } from "./chaos/faults";
import { buildApplication } from "./start/build-application";
import { CommandError, isCommandError } from "./start/command-error.mjs";
import { isOnPath } from "./start/is-on-path";
import { createProgress } from "./start/progress.mjs";
import { listenForStop } from "./start/stop-request";
import { canInstall, installCommand, installPackages, readMachine } from "./start/system-packages";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    rounds: { type: "string", default: "3" },
    faults: { type: "string" },
    json: { type: "string" },
    verbose: { type: "boolean" },
  },
});
const seed = values.seed ?? String(Math.floor(Math.random() * 1_000_000));
const progress = createProgress(process.stdout);
const abort = new AbortController();

const why = "It makes namespaces, mounts a disk and starts a Docker Engine in them.";

const namespaces = ["--net", "--mount", "--propagation=private", "--pid", "--fork", "--kill-child", "--mount-proc"];

/** Programs and the packages of Debian that have them. */
const programs = [
  ["dockerd", "docker.io"],
  ["git", "git"],
  ["busybox", "busybox-static"],
  ["redis-server", "redis-server"],
  ["ip", "iproute2"],
  ["iptables", "iptables"],
  ["mkfs.ext4", "e2fsprogs"],
  ["unshare", "util-linux"],
] as const;

async function prepare(): Promise<void> {
  const unknown = values.faults?.split(",").find((name) => !faultNames.some((known) => known === name));
  if (unknown !== undefined) {
    throw new CommandError(`Chaos has no fault "${unknown}".`, `Name some of ${faultNames.join(",")}.`);
  }
  const machine = readMachine();
  if (process.platform !== "linux" || !machine.root) throw new CommandError("Chaos needs Linux and root.", why);
  const missing = programs.filter(([program]) => !isOnPath(program)).map(([, name]) => name);
  if (missing.length > 0 && !canInstall(machine)) {
    throw new CommandError(`Chaos needs ${missing.join(", ")}.`, `Run: ${installCommand(machine, missing)}`);
  }
  if (missing.length > 0) {
    await progress.step("Packages", async ({ detail }) => {
      await installPackages(missing);
      detail(`${missing.join(", ")} installed from the distribution`);
    });
  }
  if (spawnSync("unshare", [...namespaces, "true"]).status !== 0) {
    throw new CommandError("Chaos may not make namespaces here.", why);
  }
  await progress.step("Build", async ({ doing, detail }) => {
    const { built } = await buildApplication(process.cwd(), doing, abort.signal);
    detail(built ? "web, worker and router" : "up to date");
  });
}

/** All that was started ends with its process namespace, and all that was mounted with its mounts. */
function runInWorld(directory: string): Promise<number> {
  // Process 1 has to take the exit codes of processes whose parents were killed: a shell that waits does.
  const first = ["sh", "-c", '"$@" & wait $!', "sh"];
  const command = [process.execPath, path.resolve("bin/run.mjs"), "bin/chaos/run-in-world.ts"];
  const report = values.json === undefined ? [] : ["--json", path.resolve(values.json)];
  const faults = values.faults === undefined ? [] : ["--faults", values.faults];
  const verbose = values.verbose ? ["--verbose"] : [];
  const options = ["--seed", seed, "--rounds", values.rounds, ...faults, ...report, ...verbose];
  const child = spawn("unshare", [...namespaces, ...first, ...command, ...options], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, TMPDIR: directory },
  });
  abort.signal.addEventListener("abort", () => child.kill("SIGKILL"));
  return new Promise((resolve) => {
    child.once("error", () => resolve(2));
    child.once("exit", (code) => resolve(code ?? 130));
  });
}

listenForStop(() => process.exit(130)).signal.addEventListener("abort", () => abort.abort());
const directory = mkdtempSync(path.join(tmpdir(), "chaos-"));
try {
  await prepare();
  progress.print(
    `\n  Chaos with seed ${seed}, ${values.rounds} round(s). To repeat it: npm run chaos -- --seed ${seed}\n`,
  );
  process.exitCode = await runInWorld(directory);
} catch (error) {
  if (!isCommandError(error)) throw error;
  progress.fail(error.message, error.fix);
  process.exitCode = 2;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exit();
