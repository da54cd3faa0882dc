/** What would make a start fail later, said before anything is done. */
import { execFileSync } from "node:child_process";
import { statfsSync } from "node:fs";
import type { Config } from "@/server/config";
import { CommandError } from "./command-error.mjs";
import { findPortOwner, isPortFree } from "./port-owner";
import { canInstall, installCommand, installPackages, type Machine } from "./system-packages";

const neededBytes = 2 * 1024 ** 3;
const comfortableBytes = 5 * 1024 ** 3;

/** Throws a CommandError that names the first port that is taken, and who has it. */
export async function checkPorts(config: Config): Promise<void> {
  const ports = [
    { setting: "WEB_PORT", host: config.web.host, port: config.web.port, use: "the dashboard" },
    { setting: "EDGE_PORT", host: config.edge.host, port: config.edge.port, use: "the applications" },
    { setting: "EDGE_API_PORT", host: "127.0.0.1", port: config.edge.apiPort, use: "the router's API" },
  ];
  for (const { setting, host, port, use } of ports) {
    if (await isPortFree(host, port)) continue;
    throw new CommandError(
      `Port ${port} for ${use} is taken by ${findPortOwner(port) ?? "a process of another user"}.`,
      `End that process, or choose another port: ${setting}=${port === 65535 ? 1024 : port + 1} npm start`,
    );
  }
}

/** Throws a CommandError below 2 GiB; below 5 GiB returns a warning. */
export function checkDisk(directory: string, freeBytes: (directory: string) => number = readFreeBytes): string | null {
  const free = freeBytes(directory);
  const text = `${(free / 1024 ** 3).toFixed(1)} GiB free at ${directory}`;
  if (free >= comfortableBytes) return null;
  if (free >= neededBytes) return `The disk is nearly full: ${text}. Builds need room for their images.`;
  throw new CommandError(
    `The disk is nearly full: ${text}, at least 2 GiB are needed.`,
    "Free some space, then start again.",
  );
}

function readFreeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

/** Git fetches what is deployed. Installed from the distribution where we may. */
export async function ensureGit(machine: Machine, doing: (text: string) => void): Promise<string> {
  const found = gitVersion();
  if (found) return found;
  if (!canInstall(machine)) throw new CommandError("Git is not installed.", `Run: ${installCommand(machine, ["git"])}`);
  doing("installing git");
  await installPackages(["git"]);
  return gitVersion() ?? "";
}

function gitVersion(): string | null {
  try {
    return execFileSync("git", ["--version"], { encoding: "utf8" }).trim().replace("git version ", "");
  } catch {
    return null;
  }
}
