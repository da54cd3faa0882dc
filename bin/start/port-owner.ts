import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { processCommand } from "./process-table";

/** Whether nothing listens on the port at this address now. */
export function isPortFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Who listens on a TCP port, as "name (pid 12)"; `null` where the system does not tell (another user's process). */
export function findPortOwner(port: number): string | null {
  const pid = existsSync("/proc/net/tcp") ? ownerFromProc(port) : ownerFromLsof(port);
  if (pid === null) return null;
  const command = processCommand(pid);
  return command === null ? `process ${pid}` : `${shorten(command)} (pid ${pid})`;
}

function shorten(command: string): string {
  return command.length <= 70 ? command : `${command.slice(0, 67)}...`;
}

function ownerFromProc(port: number): number | null {
  const inodes = new Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) => listeningInodes(table, port)));
  if (inodes.size === 0) return null;
  for (const entry of readdirSync("/proc")) {
    if (/^\d+$/.test(entry) && holdsSocket(entry, inodes)) return Number(entry);
  }
  return null;
}

/** Rows of /proc/net/tcp (proc(5)): local address and port in hexadecimal, state 0A is LISTEN, field 9 is the inode. */
function listeningInodes(table: string, port: number): string[] {
  if (!existsSync(table)) return [];
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const rows = readFileSync(table, "utf8").trim().split("\n").slice(1);
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(wanted) && fields[3] === "0A")
    .map((fields) => `socket:[${fields[9]}]`);
}

function holdsSocket(pid: string, inodes: Set<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(readLink(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false; // Another user's process, or it has just ended.
  }
}

function readLink(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return "";
  }
}

function ownerFromLsof(port: number): number | null {
  try {
    const text = execFileSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-t"], { encoding: "utf8" });
    return Number(text.split("\n")[0]) || null;
  } catch {
    return null;
  }
}
