/**
 * The worker's process: the one that speaks to Docker, Git and the router. It may be killed at any moment; what it had
 * begun is in the tables, and the next worker, or this one when it is started again, goes on from there.
 */
import path from "node:path";
import { createIptables } from "@/server/adapters/firewall/iptables";
import { loadConfig } from "@/server/config";
import { stopGraces } from "@/server/config/stop-graces";
import { migrateDatabase } from "@/server/db/migrate";
import { watchDisks } from "@/server/services/disk/watch-disks";
import { guardHost, keepGuardingHost, releaseHost } from "@/server/services/instance/guard-host";
import { observeInstances } from "@/server/services/instance/observe-instances";
import { holdSingleton } from "@/server/services/lease/hold-singleton";
import { collectRuntimeLogs } from "@/server/services/log/collect-runtime-logs";
import { watchSwitches } from "@/server/services/traffic/watch-switches";
import { keepBeating } from "./beating";
import { createWorkerContext } from "./context";
import { startQueue } from "./queue";
import { keepSweeping } from "./sweeper";
import { keepTakingTurns } from "./turn-taker";

const { config, warnings } = loadConfig();
const context = createWorkerContext(config);
const { log } = context;
for (const warning of warnings) log.warn(warning);

await migrateDatabase(context.db, path.resolve("drizzle"));
await context.changes.ready;

const stopping = new AbortController();
const firewall = createIptables();
// Before the first container: what cannot be done now is tried again below.
await guardHost(context, firewall).catch(() => undefined);
const queue = await startQueue(context);
const loops = [
  keepBeating(context, queue.workerIds, stopping.signal),
  keepSweeping(context, stopping.signal),
  keepTakingTurns(context, stopping.signal),
  keepGuardingHost(context, firewall, stopping.signal),
  holdSingleton(context, "observer", stopping.signal, (signal) => observeInstances(context, signal)),
  holdSingleton(context, "disk-guard", stopping.signal, (signal) => watchDisks(context, signal)),
  holdSingleton(context, "switch-watcher", stopping.signal, (signal) => watchSwitches(context, signal)),
  holdSingleton(context, "log-collector", stopping.signal, (signal) => collectRuntimeLogs(context, signal)),
];
log.info({ holder: context.holder }, "worker takes jobs");
// To the supervisor, where one started this process with a channel to it.
process.send?.("ready");
void context.engine.prepareBuilds();

async function stop(reason: string): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort(new Error(reason));
  log.info({ reason }, "worker stops");
  setTimeout(() => process.exit(1), stopGraces(config).worker).unref();
  await queue.stop();
  await Promise.all(loops);
  await releaseHost(context, firewall);
  await context.close();
  log.info("worker stopped");
  process.exit(0);
}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));

queue.ended.catch((error: unknown) => {
  if (stopping.signal.aborted) return;
  log.fatal({ err: error }, "the job queue broke; the worker ends, to be started again");
  process.exit(1);
});
