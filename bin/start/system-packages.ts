/** What may be installed on this machine: packages of Debian and its relatives, where we are root. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { CommandError } from "./command-error.mjs";

export type Machine = { debian: boolean; root: boolean };

export function readMachine(): Machine {
  return { debian: isDebian(readOsRelease()), root: process.getuid?.() === 0 };
}

/** os-release(5): ID names the distribution, ID_LIKE its relatives. */
export function isDebian(osRelease: string): boolean {
  const ids = [...osRelease.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].flatMap(([, value = ""]) =>
    value.replaceAll(/["']/g, "").split(" "),
  );
  return ids.some((id) => id === "debian" || id === "ubuntu");
}

function readOsRelease(): string {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}

export function canInstall(machine: Machine): boolean {
  return machine.debian && machine.root;
}

/** Installs packages of the distribution. Throws a CommandError with the end of apt's output. */
export async function installPackages(names: string[]): Promise<void> {
  await apt(["update", "-q"]);
  await apt(["install", "-q", "-y", "--no-install-recommends", ...names]);
}

/** The command a person runs where we may not. */
export function installCommand(machine: Machine, names: string[]): string {
  const sudo = machine.root ? "" : "sudo ";
  if (machine.debian) return `${sudo}apt-get install ${names.join(" ")}`;
  return `install ${names.join(", ")} with your system's package manager`;
}

function apt(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("apt-get", args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    let output = "";
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve();
      const command = `apt-get ${args.join(" ")}`;
      reject(new CommandError(`${command} failed:\n${output.trim()}`, `Run ${command} by hand and see what it wants.`));
    });
  });
}
