/** What goes wrong, one at a time, each until the platform stands again. */
import { setImmediate as inputWasRead, setTimeout as sleep } from "node:timers/promises";
import type { Bystanders } from "./bystanders";
import type { Outage } from "./outages";
import type { Random } from "./random";
import { until, type World } from "./world";

export const faultNames = ["worker", "postgres", "docker", "redis", "disk", "router"] as const;
export type FaultName = (typeof faultNames)[number];

/** `outage`: set where requests to applications may fail meanwhile. `recoveredMs`: from the blow on. */
export type Struck = { fault: FaultName; how: string; recoveredMs: number; outage: Outage | null };

const withinMs = 60_000;

/** Rejects where the platform does not come back. */
export async function strike(fault: FaultName, world: World, bystanders: Bystanders, random: Random): Promise<Struck> {
  const startedAt = performance.now();
  const how = await blows[fault](world, random);
  const deadAt = fault === "router" ? performance.now() : null;
  const cutsTraffic = fault === "docker" || fault === "router";
  if (cutsTraffic) await bystanders.untilTheyAnswer();
  const endedAt = performance.now();
  const outage = cutsTraffic ? { what: fault, startedAt, endedAt, deadAt } : null;
  return { fault, how, recoveredMs: endedAt - startedAt, outage };
}

const blows: Record<FaultName, (world: World, random: Random) => Promise<string>> = {
  async worker(world) {
    const before = world.pidOf("worker");
    if (before !== null) process.kill(before, "SIGKILL");
    await until("another worker beats", withinMs, () => beatsAnew(world, before));
    return "kill -9";
  },

  async postgres(world, random) {
    const signal = random.pick(["SIGKILL", "SIGINT"] as const);
    const before = world.pidOf("postgres");
    if (before !== null) process.kill(before, signal);
    await sleep(100);
    await until("PostgreSQL answers", withinMs, async () => (await world.query("select 1")).length === 1);
    await until("the dashboard answers", withinMs, async () => isReady(world));
    return signal === "SIGKILL" ? "kill -9" : "stopped";
  },

  async docker(world, random) {
    const signal = random.pick(["SIGKILL", "SIGTERM"] as const);
    await world.docker.end(signal);
    await sleep(random.between(0, 2_000));
    await world.docker.start();
    return signal === "SIGKILL" ? "kill -9, and started" : "stopped, and started";
  },

  async redis(world, random) {
    await world.redis.kill();
    await sleep(random.between(1_000, 4_000));
    await world.redis.start();
    return "kill -9, and started empty";
  },

  async disk(world, random) {
    await world.disk.fill();
    await sleep(random.between(4_000, 7_000));
    await world.disk.empty();
    return "the Engine's disk filled to the last MiB, and emptied";
  },

  async router(world) {
    const pid = world.pidOf("edge");
    if (pid === null) throw new Error("no router runs");
    process.kill(pid, "SIGKILL");
    while (world.pidOf("edge") === pid) await sleep(1);
    // What it closed was read here, so no request goes to a kept connection that is closed already.
    await inputWasRead();
    return "kill -9";
  },
};

async function isReady(world: World): Promise<boolean> {
  return (await fetch(`${world.instance.report.dashboardUrl}/api/ready`)).ok;
}

/** Whether a worker with another process id took up work: it says so in a row that has its id. */
async function beatsAnew(world: World, before: number | null): Promise<boolean> {
  const pid = world.pidOf("worker");
  if (pid === null || pid === before) return false;
  const [found] = await world.query(`select from instance_facts where key like 'worker:%:${pid}:%'`);
  return found !== undefined;
}
