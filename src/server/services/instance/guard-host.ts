/** Keeps the applications' networks, and builds, away from the platform's own services and the machine's others. */
import { isAppError } from "@/domain/errors";
import { bridgePrefix, label } from "@/domain/naming";
import type { Config } from "@/server/config";
import type { WorkerContext } from "@/server/context";
import type { Firewall, FirewallRequest } from "@/server/ports";
import { isWorkerRunning } from "@/server/services/worker/heartbeat";
import { repeat } from "@/server/services/worker/repeat";
import { type HostRules, writeHostRules } from "./host-rules";

/** How long rules that somebody flushed may be missing. */
const lookEveryMs = 60_000;

type GuardContext = Pick<WorkerContext, "engine" | "config" | "db" | "clock" | "log">;

/** Sets the rules, and keeps what came of it for people to see. Throws engine_unavailable. */
export async function guardHost(context: GuardContext, firewall: Firewall): Promise<HostRules> {
  const rules = await setHostRules(context, firewall);
  await writeHostRules(context.db, rules, context.clock.now());
  return rules;
}

/** What keeps the rules from being set is an answer, not an error. Throws engine_unavailable. */
export async function setHostRules(
  { engine, config }: Pick<GuardContext, "engine" | "config">,
  firewall: Firewall,
): Promise<HostRules> {
  if (config.docker.firewall === "off") return { state: "operator" };
  const host = await engine.hostNetwork();
  if (!host) return { state: "elsewhere" };
  const networks = await engine.listNetworks({ [label.instance]: config.instanceId });
  const prefix = bridgePrefix(config.instanceId);
  // Networks from before bridges had names of ours.
  const others = networks.map((network) => network.bridge).filter((bridge) => !bridge.startsWith(prefix));
  try {
    await firewall.apply({
      instanceId: config.instanceId,
      applicationBridges: [`${prefix}+`, ...others.sort()],
      buildBridge: host.buildBridge,
      openPorts: [...new Set([config.edge.port, config.apps.port, ...config.docker.hostOpenPorts])],
      platform: platformParts(config),
    });
    return { state: "held" };
  } catch (error) {
    if (!isAppError(error, "firewall_unavailable")) throw error;
    return { state: "open", reason: String(error.details?.reason ?? error.message) };
  }
}

/** For as long as the worker lives: others flush rules, too. Says what is open when it becomes so. */
export async function keepGuardingHost(context: GuardContext, firewall: Firewall, signal: AbortSignal): Promise<void> {
  const { log } = context;
  let told: string | null = null;
  await repeat("keeping applications away from this machine's services", log, signal, async () => {
    const rules = await guardHost(context, firewall);
    const reason = rules.state === "open" ? rules.reason : null;
    if (reason !== null && reason !== told) {
      log.warn({ reason }, "applications can reach services of this machine that listen on all addresses: SECURITY.md");
    }
    told = reason;
    return lookEveryMs;
  });
}

/** At the end of a worker: an instance that has no network and no other worker leaves no rules behind. */
export async function releaseHost(context: GuardContext, firewall: Firewall): Promise<void> {
  const { engine, config, log } = context;
  if (config.docker.firewall === "off") return;
  try {
    const networks = await engine.listNetworks({ [label.instance]: config.instanceId });
    if (networks.length > 0 || (await isWorkerRunning(context))) return;
    await firewall.clear(config.instanceId);
  } catch (error) {
    log.debug({ err: error }, "the rules of this instance stay");
  }
}

function platformParts(config: Config): FirewallRequest["platform"] {
  const own = [config.web.port, config.edge.apiPort].map((port) => ({ host: "127.0.0.1", port }));
  const addresses = [
    { url: config.edge.apiUrl, port: 80 },
    { url: config.databaseUrl?.reveal(), port: 5432 },
    { url: config.redisUrl?.reveal(), port: 6379 },
    { url: config.docker.host, port: 2375 },
  ];
  const named = addresses.flatMap(({ url, port }) => {
    const parsed = url ? URL.parse(url) : null;
    // A socket's path is no place on the network.
    if (!parsed?.hostname) return [];
    return [{ host: parsed.hostname.replace(/^\[|\]$/g, ""), port: Number(parsed.port) || port }];
  });
  // Where Docker's own API is when it listens, whether or not this worker uses it there.
  const docker = [2375, 2376].map((port) => ({ host: "127.0.0.1", port }));
  return [...own, ...named, ...docker];
}
