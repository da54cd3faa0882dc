import { execFileSync } from "node:child_process";
import path from "node:path";

const chromium = process.env.CHROMIUM_PATH || "/usr/bin/chromium";

/** Chromium apart from the machine's network where we may make it so (root on Linux), otherwise as it is. */
export function chooseChromium(): { executablePath: string; env: Record<string, string | undefined> } {
  if (!mayUnshare()) return { executablePath: chromium, env: { ...process.env } };
  return {
    executablePath: path.join(import.meta.dirname, "chromium-apart.mjs"),
    env: { ...process.env, CHROMIUM_APART: chromium },
  };
}

function mayUnshare(): boolean {
  try {
    execFileSync("unshare", ["--net", "busybox", "ip", "link", "set", "lo", "up"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
