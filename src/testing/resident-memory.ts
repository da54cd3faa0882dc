import { readFileSync } from "node:fs";

/** MB (10^6 bytes) that a process has in memory, now and at most; null where the system does not say (/proc). */
export function residentMemory(pid: number): { nowMb: number; peakMb: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0);
    return { nowMb: Math.round((field("VmRSS") * 1024) / 1e6), peakMb: Math.round((field("VmHWM") * 1024) / 1e6) };
  } catch {
    return null;
  }
}
