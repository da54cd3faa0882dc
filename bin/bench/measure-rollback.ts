/** Going back: within the warm window a flip of the route, later a start of the kept image. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Application, createApplication } from "./application";
import type { Bench, Section } from "./bench";
import { workByHand } from "./by-hand";
import { deploy, timeToTraffic, untilFinished, untilLive } from "./deploy";
import { median, percentile } from "./measurement";

const warmTimes = 20;
const coldTimes = 6;
const coldVersions = 3;
const starts = 5;

export const measureRollback: Section = {
  name: "rollback",
  async run(bench) {
    const application = await createApplication(bench, "rollback", { version: "r0" });
    const deployments = [await untilLive(bench, application)];
    for (let version = 1; version < coldVersions; version += 1) {
      await application.commit(`r${version}`);
      deployments.push((await deploy(bench, application)).id);
    }
    const warm = await goBackWarm(bench, application, deployments);
    const cold = await goBackCold(bench, application, deployments);
    const own = await ownStart(bench, application);
    return [
      {
        name: "warm, click to old version",
        value: percentile(warm, 0.95),
        unit: "ms",
        target: { atMost: 1_000 },
        detail: `p95 of ${warm.length}, median ${Math.round(median(warm))} ms`,
        samples: warm,
      },
      {
        name: "cold, beyond the application's own start",
        value: percentile(cold, 0.95) - median(own),
        unit: "ms",
        target: { atMost: 1_500 },
        detail: `p95 of ${cold.length} is ${Math.round(percentile(cold, 0.95))} ms; docker run to first answer takes ${Math.round(median(own))} ms`,
        samples: cold,
      },
    ];
  },
};

async function goBack(bench: Bench, application: Application, deploymentId: string, version: string): Promise<number> {
  let id = "";
  const time = await timeToTraffic(bench, application, version, async () => {
    id = (await bench.dashboard.api.deployment.rollback.mutate({ deploymentId })).id;
  });
  await untilFinished(bench, id);
  return time;
}

/** Between the two newest versions, one of which is always warm. */
async function goBackWarm(bench: Bench, application: Application, deployments: string[]): Promise<number[]> {
  const times: number[] = [];
  bench.say(`${warmTimes} warm rollbacks`);
  for (let index = 0; index < warmTimes; index += 1) {
    const version = deployments.length - 1 - ((index + 1) % 2);
    times.push(await goBack(bench, application, deployments[version] ?? "", `r${version}`));
  }
  return times;
}

/** Round and round through three versions: with one warm release kept, the one to go back to has always been cooled. */
async function goBackCold(bench: Bench, application: Application, deployments: string[]): Promise<number[]> {
  const times: number[] = [];
  bench.say(`${coldTimes} rollbacks to releases that were stopped`);
  for (let index = 0; index < coldTimes; index += 1) {
    const version = index % coldVersions;
    const deploymentId = deployments[version] ?? "";
    await untilCold(bench, deploymentId);
    times.push(await goBack(bench, application, deploymentId, `r${version}`));
  }
  return times;
}

async function untilCold(bench: Bench, deploymentId: string): Promise<void> {
  const deadline = performance.now() + 120_000;
  while ((await bench.dashboard.api.deployment.get.query({ deploymentId })).warmUntil !== null) {
    if (performance.now() > deadline) throw new Error("a replaced release stayed warm");
    await sleep(100);
  }
}

async function ownStart(bench: Bench, application: Application): Promise<number[]> {
  bench.say("the application's own start");
  const scratch = mkdtempSync(path.join(tmpdir(), "helvetia-bench-"));
  const hand = await workByHand({
    name: "helvetia-bench-own-start",
    url: application.repository.url,
    directory: path.join(scratch, "clone"),
    builder: "docker build",
  });
  try {
    const version = `r${coldVersions - 1}`;
    await hand.first(version);
    const times: number[] = [];
    for (let index = 0; index < starts; index += 1) times.push(await hand.start(version));
    return times;
  } finally {
    await hand.remove();
    rmSync(scratch, { recursive: true, force: true });
  }
}
