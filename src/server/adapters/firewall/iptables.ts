/** The Firewall port on iptables, which every machine has that runs Docker. It needs root (CAP_NET_ADMIN). */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text as readText } from "node:stream/consumers";
import { AppError } from "@/domain/errors";
import { firewallPrefix, firewallRules } from "@/domain/network/firewall-rules";
import type { Firewall } from "@/server/ports";
import { locatePlatform } from "./locate-platform";
import { ownLines, restoreInput } from "./restore-input";

/** Others change the table too, Docker with every network: how long to wait for their lock, in seconds. */
const lockWaitSeconds = 10;

/** Where systems keep root's programs: a service's own PATH may leave them out. */
const programDirectories = "/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin:/run/current-system/sw/bin";

export function createIptables(): Firewall {
  /** What was asked for last, and what iptables made of it: the same question again need not write it again. */
  let last: { wanted: string; held: string } | null = null;
  return {
    async apply({ platform, ...request }) {
      const prefix = firewallPrefix(request.instanceId);
      const { here, elsewhere } = await locatePlatform(platform);
      const rules = firewallRules({ ...request, platformPorts: here, elsewhere });
      const wanted = JSON.stringify(rules);
      const before = await saveTable();
      if (last?.wanted === wanted && last.held === ownLines(prefix, before)) return;
      await restore(restoreInput(rules, prefix, before));
      last = { wanted, held: ownLines(prefix, await saveTable()) };
    },

    async clear(instanceId) {
      const prefix = firewallPrefix(instanceId);
      const before = await saveTable();
      if (ownLines(prefix, before) !== "") await restore(restoreInput(null, prefix, before));
      last = null;
    },
  };
}

function saveTable(): Promise<string> {
  return run("iptables-save", ["-t", "mangle"], "");
}

async function restore(input: string): Promise<void> {
  await run("iptables-restore", ["--noflush", "--wait", String(lockWaitSeconds)], input);
}

async function run(program: string, args: string[], input: string): Promise<string> {
  try {
    const child = spawn(program, args, {
      stdio: ["pipe", "pipe", "pipe"],
      env: { PATH: programDirectories, LC_ALL: "C", NODE_ENV: "production" },
    });
    child.stdin.on("error", () => {}).end(input);
    const [[exitCode], output, complaint] = await Promise.all([
      once(child, "close"),
      readText(child.stdout),
      readText(child.stderr),
    ]);
    if (exitCode !== 0) throw new Error(`${program} ended with ${exitCode}: ${complaint.trim().slice(0, 1000)}`);
    return output;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError("firewall_unavailable", { details: { reason }, cause: error });
  }
}
