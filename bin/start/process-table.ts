/** What the system says of processes: /proc on Linux, ps elsewhere. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const hasProc = existsSync("/proc/self/stat");

/**
 * When a process began, in the system's own words: together with the pid it names one process for good, since pids
 * are used again. `null`: there is no such process, or it is dead and only waits to be collected.
 */
export function processStart(pid: number): string | null {
  return hasProc ? startFromProc(pid) : startFromPs(pid);
}

/** The command line, for people. `null`: not there, or not to be seen. */
export function processCommand(pid: number): string | null {
  try {
    const text = hasProc
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
    return text.trim() || null;
  } catch {
    return null;
  }
}

function startFromProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // proc(5): the name, field 2, is in parentheses and may hold anything; state is field 3, starttime field 22.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function startFromPs(pid: number): string | null {
  try {
    const text = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return text === "" || text.startsWith("Z") ? null : text.replace(/^\S+\s+/, "");
  } catch {
    return null;
  }
}
