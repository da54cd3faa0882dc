/** Trigger to traffic, beside the same work by hand on the same repository in the same run. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Application, applicationFiles, createApplication } from "./application";
import type { Bench, Section } from "./bench";
import { type Builder, type ByHand, workByHand } from "./by-hand";
import { deploy, describePhases, timeToTraffic, untilFinished, untilLive } from "./deploy";
import { type Measurement, median, percentile } from "./measurement";

const rounds = 3;
const changes = 5;
const unchanged = 10;
const builders: Builder[] = ["docker build", "BuildKit"];

/** Milliseconds from the trigger to the first answer. */
type Times = { first: number[]; changed: number[] };
type HandTimes = Times & { parts: string };
type Platform = Times & { application: Application; firstPhases: string; changedPhases: string };
type Hand = { builder: Builder; work: ByHand; commit: (version: string) => Promise<string> };

export const measureDeploy: Section = {
  name: "deploy",
  async run(bench) {
    const scratch = mkdtempSync(path.join(tmpdir(), "helvetia-bench-"));
    try {
      const { platform, hands } = await compare(bench, scratch);
      const skipped = await deployUnchanged(bench, platform.application);
      return [...reportComparison(platform, hands), ...reportSkipped(skipped)];
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

async function compare(bench: Bench, scratch: string): Promise<{ platform: Platform; hands: Map<Builder, HandTimes> }> {
  const hands = new Map(
    builders.map((builder): [Builder, HandTimes] => [builder, { first: [], changed: [], parts: "" }]),
  );
  let platform: Platform | undefined;
  for (let round = 0; round < rounds; round += 1) {
    bench.say(`first deployment and changed files, round ${round + 1} of ${rounds}`);
    // Who goes first changes from round to round: the first one warms the disk for the others.
    const platformFirst = round % 2 === 0;
    if (platformFirst) platform = await deployRound(bench, round, platform);
    for (const builder of builders) await workRound(bench, scratch, builder, hands.get(builder));
    if (!platformFirst) platform = await deployRound(bench, round, platform);
  }
  if (platform === undefined) throw new Error("nothing was deployed");
  return { platform, hands };
}

async function deployRound(bench: Bench, round: number, before: Platform | undefined): Promise<Platform> {
  const application = await createApplication(bench, `deploy-${round}`, { deploy: false });
  const click = () => bench.dashboard.api.deployment.create.mutate({ serviceId: application.serviceId });
  const first = [...(before?.first ?? []), await timeToTraffic(bench, application, "v0", click)];
  const firstPhases = await describePhases(bench, await untilLive(bench, application));
  const changed = before?.changed ?? [];
  for (let change = 1; change <= changes; change += 1) {
    await application.commit(`c${change}`);
    let id = "";
    const time = await timeToTraffic(bench, application, `c${change}`, async () => {
      ({ id } = await click());
    });
    await untilFinished(bench, id);
    changed.push(time);
  }
  const changedPhases = await describePhases(bench, await untilLive(bench, application));
  return { application, first, changed, firstPhases, changedPhases };
}

async function workRound(bench: Bench, scratch: string, builder: Builder, times: HandTimes | undefined): Promise<void> {
  const { work, commit } = await prepareByHand(bench, scratch, builder);
  try {
    times?.first.push(await work.first("v0"));
    if (times)
      times.parts = Object.entries(work.parts)
        .map(([part, ms]) => `${part} ${Math.round(ms)}`)
        .join(", ");
    for (let change = 1; change <= changes; change += 1) {
      await commit(`c${change}`);
      times?.changed.push(await work.change(`c${change}`));
    }
  } finally {
    await work.remove();
  }
}

async function prepareByHand(bench: Bench, scratch: string, builder: Builder): Promise<Hand> {
  const nonce = randomBytes(8).toString("hex");
  const repository = await bench.git.createRepository(`by-hand-${nonce}`);
  const commit = (version: string) => repository.commit(applicationFiles(version, nonce), { message: version });
  await commit("v0");
  const place = { name: `helvetia-bench-${nonce}`, directory: path.join(scratch, nonce) };
  return { builder, work: await workByHand({ ...place, url: repository.url, builder }), commit };
}

async function deployUnchanged(bench: Bench, application: Application) {
  const commit: number[] = [];
  const outside: number[] = [];
  bench.say("commits that change nothing");
  for (let index = 0; index < unchanged; index += 1) {
    commit.push(await deploySkipping(bench, application));
    await application.repository.commit({ "README.md": `Only words, ${index}\n` });
    outside.push(await deploySkipping(bench, application));
  }
  return { commit, outside };
}

async function deploySkipping(bench: Bench, application: Application): Promise<number> {
  const startedAt = performance.now();
  const { buildSkipped } = await deploy(bench, application);
  if (buildSkipped !== "content") throw new Error("the build of unchanged content was not skipped");
  return performance.now() - startedAt;
}

function reportComparison(platform: Platform, hands: Map<Builder, HandTimes>): Omit<Measurement, "section">[] {
  const [best] = [...hands].sort(([, a], [, b]) => median(a.first) - median(b.first));
  if (best === undefined) throw new Error("nothing was done by hand");
  const [builder, hand] = best;
  const against = (ours: number[], theirs: number[]) =>
    `${Math.round(median(ours))} ms against ${Math.round(median(theirs))} ms with ${builder}, medians of ${ours.length}`;
  return [
    {
      name: "first deployment / by hand",
      value: median(platform.first) / median(hand.first),
      unit: "x",
      target: { atMost: 1.2 },
      detail: `${against(platform.first, hand.first)}; last: ${platform.firstPhases}; by hand: ${hand.parts}`,
      samples: platform.first,
    },
    {
      name: "one changed file, beyond by hand",
      value: median(platform.changed) - median(hand.changed),
      unit: "ms",
      target: { atMost: 1_000 },
      detail: `${against(platform.changed, hand.changed)}; last: ${platform.changedPhases}`,
      samples: platform.changed,
    },
  ];
}

function reportSkipped(times: { commit: number[]; outside: number[] }): Omit<Measurement, "section">[] {
  const report = (name: string, samples: number[]) => ({
    name,
    value: percentile(samples, 0.95),
    unit: "ms" as const,
    target: { atMost: 2_000 },
    detail: `p95 of ${samples.length}, median ${Math.round(median(samples))} ms, from click to live, the build skipped`,
    samples,
  });
  return [report("unchanged commit", times.commit), report("commit outside the root directory", times.outside)];
}
