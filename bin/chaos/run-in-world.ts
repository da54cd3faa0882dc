/**
 * The chaos run itself. It is started by bin/chaos.ts in namespaces of its own, whose network has nothing but what it
 * makes there. Prints what happens, and as its last line a report as JSON.
 */
import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { isFinished } from "@/domain/deployment/status";
import { label } from "@/domain/naming";
import { ask } from "@/testing/traffic";
import { type Application, commitVersion, createApplication } from "./application";
import { watchBystanders } from "./bystanders";
import { type FaultName, faultNames, type Struck, strike } from "./faults";
import { type Check, inspectWorld } from "./inspect-world";
import { describeOutage, excuse } from "./outages";
import { emptyLedger, keepDeploying, type Ledger } from "./people";
import { createRandom } from "./random";
import { openWorld, until, type World } from "./world";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    rounds: { type: "string" },
    faults: { type: "string" },
    json: { type: "string" },
    verbose: { type: "boolean" },
  },
});
const seed = Number(values.seed);
const rounds = Number(values.rounds);
const faults =
  values.faults === undefined ? faultNames : faultNames.filter((name) => values.faults?.split(",").includes(name));
const startedAt = performance.now();
const say = (text: string) =>
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(7)} s  ${text}`);

/** Long enough for the slowest deployment there is here, and what is warm to cool. */
const settleWithinMs = 120_000;
const logsDirectory = path.resolve(".helvetia/chaos", String(seed));
const bystanderCount = 2;
const changingCount = 3;

async function deployFirst(world: World, application: Application): Promise<void> {
  const { id } = await world.dashboard.api.deployment.create.mutate({ serviceId: application.id });
  const { status, error } = await untilOver(world, id);
  if (status !== "live") {
    throw new Error(`the first deployment of ${application.name} is ${status}: ${JSON.stringify(error)}`);
  }
  await until(
    `${application.name} answers`,
    settleWithinMs,
    async () => (await ask(world.router, application.host)) !== null,
  );
}

async function untilOver({ dashboard }: World, deploymentId: string) {
  await until(`deployment ${deploymentId} is over`, settleWithinMs, async () =>
    isFinished((await dashboard.api.deployment.get.query({ deploymentId })).status),
  );
  return dashboard.api.deployment.get.query({ deploymentId });
}

async function breakThings(world: World, bystanders: ReturnType<typeof watchBystanders>): Promise<Struck[]> {
  const random = createRandom(seed).fork("faults");
  const struck: Struck[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const fault of random.shuffle<FaultName>(faults)) {
      await sleep(random.between(1_500, 5_000));
      const blow = await strike(fault, world, bystanders, random);
      struck.push(blow);
      say(`${fault}: ${blow.how}; stands again after ${(blow.recoveredMs / 1_000).toFixed(1)} s`);
    }
  }
  return struck;
}

/** After all that, each service takes one more version and serves it. */
async function deployLast(world: World, applications: Application[], ledger: Ledger): Promise<Check> {
  const differences = await Promise.all(
    applications.map(async (application) => {
      const version = `${application.name}-last`;
      await world.dashboard.api.service.start.mutate({ serviceId: application.id }).catch(() => undefined);
      await commitVersion(application, version);
      const { id } = await world.dashboard.api.deployment.create.mutate({ serviceId: application.id });
      ledger.acknowledged.add(id);
      const { status } = await untilOver(world, id);
      const answer = await ask(world.router, application.host);
      return status === "live" && answer === version ? [] : [`${application.name} is ${status} and answers ${answer}`];
    }),
  );
  return { name: "every service takes one more version and serves it", differences: differences.flat() };
}

/**
 * Cleans up, as an operator may at any time. A build that was over just when its deployment was canceled leaves an image
 * that no deployment names: it is kept for the next one of equal content, until a cleanup takes it.
 */
async function cleanUp({ dashboard, organizationId }: World): Promise<Check> {
  const { storage } = dashboard.api;
  const { id: cleanupId } = await storage.clean.mutate({ organizationId });
  await until("the cleanup is done", settleWithinMs, async () => {
    const { items } = await storage.cleanups.query({ organizationId });
    return items.find(({ id }) => id === cleanupId)?.status === "done";
  });
  const { items } = await storage.cleanupItems.query({ organizationId, cleanupId, limit: 100 });
  const unnamed = items.filter(({ kind, reason }) => kind === "image" && reason === "unnamed");
  say(`cleaned up; of the images, ${unnamed.length} were those of builds that no deployment waited for any more`);
  const failed = items.filter(({ outcome }) => outcome === "failed");
  return {
    name: "a cleanup removes all that it said it would",
    differences: failed.map(({ kind, name, error }) => `${kind} ${name}: ${error?.code}`),
  };
}

/** What is being tidied up may still be there at the first look, so the last look counts. */
async function inspectUntilQuiet(world: World, ledger: Ledger): Promise<Check[]> {
  let checks: Check[] = [];
  await until("the world is as the rows say", settleWithinMs, async () => {
    checks = await inspectWorld(world, ledger);
    return checks.every(({ differences }) => differences.length === 0);
  }).catch(() => undefined);
  return checks;
}

async function run(world: World): Promise<{ checks: Check[]; counts: Record<string, number> }> {
  const named = (kind: string, count: number) =>
    Promise.all(Array.from({ length: count }, (_, index) => createApplication(world, `${kind}-${index}`)));
  const still = await named("bystander", bystanderCount);
  const changing = await named("changing", changingCount);
  await Promise.all([...still, ...changing].map((application) => deployFirst(world, application)));
  say(`${still.length + changing.length} services are live; two of them stay as they are, under load`);
  const bystanders = watchBystanders(world, still);
  const ledger = emptyLedger();
  const enough = new AbortController();
  const random = createRandom(seed);
  const people = changing.map((application) =>
    keepDeploying(world, application, ledger, random.fork(application.name), enough.signal),
  );
  const struck = await breakThings(world, bystanders).finally(() => enough.abort());
  await Promise.all(people);
  say(`enough: ${ledger.acknowledged.size} deployments were accepted; waiting for the last of them`);
  const last = await deployLast(world, changing, ledger);
  const cleaned = await cleanUp(world);
  const checks = [...(await inspectUntilQuiet(world, ledger)), last, cleaned];
  const asked = await bystanders.stop();
  const outages = struck.flatMap(({ outage }) => outage ?? []);
  const { excused, others } = excuse(asked, outages);
  checks.push({
    name: "no request failed to a service that nobody changed, but while Docker was down or in a killed router's hands",
    differences: others.map(
      ({ host, failure, startedAt: at }) => `${((at - startedAt) / 1_000).toFixed(1)} s: ${host}: ${failure}`,
    ),
  });
  for (const outage of outages) say(describeOutage(asked, outage));
  say(
    `asked for: ${Object.entries(ledger.asked)
      .map(([name, count]) => `${count} x ${name}`)
      .join(", ")}; ${ledger.refused} refused`,
  );
  const counts = { deployments: ledger.acknowledged.size, faults: struck.length, requests: asked.length };
  return { checks, counts: { ...counts, failedInOutages: excused.length, failedOtherwise: others.length } };
}

/** What the parts wrote, for whoever looks into a run that failed. */
function keepLogs({ instance }: World): void {
  rmSync(logsDirectory, { recursive: true, force: true });
  cpSync(path.join(instance.dataDirectory, "logs"), logsDirectory, { recursive: true });
  cpSync(path.join(directory, "dockerd.log"), path.join(logsDirectory, "dockerd.log"));
  say(`logs are in ${logsDirectory}`);
}

/** What was there when the run broke off: the Engine's containers, where requests were sent, what the rows say. */
async function describeWorld({ docker, instance, query }: World): Promise<void> {
  const containers = await docker.engine.listContainers({ [label.instance]: instance.instanceId });
  for (const { name, status, restartCount, endpoint } of containers) {
    say(`${name}: ${status}, ${restartCount} restarts, at ${endpoint?.host}:${endpoint?.port}`);
  }
  const routes = path.join(instance.dataDirectory, "routes");
  for (const file of readdirSync(routes)) say(readFileSync(path.join(routes, file), "utf8").replaceAll("\n", " "));
  for (const row of await query("select name, status, address, observed_at from instances")) say(JSON.stringify(row));
  for (const row of await query("select key, holder, expires_at from leases")) say(JSON.stringify(row));
}

execFileSync("ip", ["link", "set", "lo", "up"]);
// Private to this run, and shared within it: else a container that starts would hold on to the mounts of another one.
execFileSync("mount", ["--make-rshared", "/"]);
/** Ours alone, and short: a socket's path has 107 characters at most. */
const directory = tmpdir();
let world: World | null = null;
let report: { checks: Check[]; counts: Record<string, number> };
try {
  world = await openWorld(directory, (text) => values.verbose && process.stdout.write(text));
  say("an instance with a Docker Engine, a disk, a Redis and a network of its own");
  report = await run(world);
} catch (error) {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  report = { checks: [{ name: "the run came to its end", differences: [reason] }], counts: {} };
  if (world) await describeWorld(world).catch((cause: unknown) => say(`describing the world: ${cause}`));
} finally {
  if (world) keepLogs(world);
  await world?.close().catch((error: unknown) => say(`closing: ${error}`));
}
for (const { name, differences } of report.checks) {
  say(`${differences.length === 0 ? "✓" : "✗"} ${name}`);
  for (const difference of differences.slice(0, 20)) console.log(`             ${difference}`);
}
const json = JSON.stringify({ seed, rounds, ...report });
if (values.json !== undefined) writeFileSync(values.json, json);
console.log(json);
process.exit(report.checks.every(({ differences }) => differences.length === 0) ? 0 : 1);
