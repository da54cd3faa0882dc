/** What the tests want of the machine, beside what npm installed. */
import { existsSync } from "node:fs";
import path from "node:path";
import { CommandError } from "./command-error.mjs";
import { ensureDocker } from "./ensure-docker";
import { isOnPath } from "./is-on-path";
import { startPostgres, stopPostgres } from "./postgres-server";
import type { Progress } from "./progress.mjs";
import { canInstall, installCommand, installPackages, readMachine } from "./system-packages";

export type TestMachine = { environment: Record<string, string>; stop: () => Promise<void> };

type Need = "database" | "docker" | "chromium";

/** Programs and the packages of Debian that have them. */
const programs: { need: Need; package: string; isThere: () => boolean }[] = [
  { need: "docker", package: "git", isThere: () => isOnPath("git") },
  { need: "docker", package: "busybox-static", isThere: () => isOnPath("busybox") },
  { need: "database", package: "redis-server", isThere: () => isOnPath("redis-server") },
  { need: "chromium", package: "chromium", isThere: () => existsSync(chromiumPath()) },
];

function chromiumPath(): string {
  return process.env.CHROMIUM_PATH || "/usr/bin/chromium";
}

/**
 * Installs and starts what is missing. `directory`: for a PostgreSQL of the tests' own, unless DATABASE_URL names one
 * whose role may create databases. Throws a CommandError with the command to run where we may not install.
 */
export async function prepareTestMachine(
  needs: Set<Need>,
  directory: string,
  progress: Progress,
): Promise<TestMachine> {
  const environment: Record<string, string> = { CHROMIUM_PATH: chromiumPath() };
  await installMissing(needs, progress);
  if (needs.has("docker")) {
    await progress.step("Docker", async ({ doing, detail }) => {
      const logFile = path.resolve(".helvetia/logs/docker.log");
      const dockerHost = process.env.DOCKER_HOST || null;
      const engine = await ensureDocker({ dockerHost, machine: readMachine(), logFile, doing });
      environment.DOCKER_HOST = engine.host;
      detail(`Engine ${engine.version} at ${engine.host}`);
    });
  }
  if (!needs.has("database") || process.env.DATABASE_URL) return { environment, stop: async () => {} };
  const server = await progress.step("PostgreSQL", async ({ detail }) => {
    const settings = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=300"];
    const started = await startPostgres({ directory: path.join(directory, "postgres"), settings });
    detail("of the tests' own");
    return started;
  });
  environment.DATABASE_URL = server.superuserUrl;
  return { environment, stop: () => stopPostgres(server.pid) };
}

async function installMissing(needs: Set<Need>, progress: Progress): Promise<void> {
  const missing = programs.filter(({ need, isThere }) => needs.has(need) && !isThere()).map((entry) => entry.package);
  if (missing.length === 0) return;
  const machine = readMachine();
  if (!canInstall(machine)) {
    throw new CommandError(`The tests need ${missing.join(", ")}.`, `Run: ${installCommand(machine, missing)}`);
  }
  await progress.step("Packages", async ({ detail }) => {
    await installPackages(missing);
    detail(`${missing.join(", ")} installed from the distribution`);
  });
}
