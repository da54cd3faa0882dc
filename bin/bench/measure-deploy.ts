/** Trigger to traffic, beside the same work by hand on the same repository in the same run. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Application, applicationFiles, createApplication } from "./application";
import type { Bench, Section } from "./bench";
import { type Builder, type ByHand, workByHand } from "./by-hand";
import { deploy, timeToTraffic, untilFinished, untilLive } from "./deploy";
import { median, percentile } from "./measurement";

const rounds = 3;
const changes = 5;
const unchanged = 10;
const builders: Builder[] = ["docker build", "BuildKit"];

type Hand = {
  builder: Builder;
  hand: ByHand;
  commit: (version: string) => Promise<string>;
  first: number[];
  changed: number[];
};

export const measureDeploy: Section = {
  name: "deploy",
  async run(bench) {
    const scratch = mkdtempSync(path.join(tmpdir(), "helvetia-bench-"));
    try {
      return await measure(bench, scratch);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

async function measure(bench: Bench, scratch: string) {
  const first: number[] = [];
  const changed: number[] = [];
  const hands = new Map<Builder, { first: number[]; changed: number[] }>();
  let last: Application | undefined;
  for (let round = 0; round < rounds; round += 1) {
    bench.say(`first deployment and changed files, round ${round + 1} of ${rounds}`);
    const byHand = await Promise.all(builders.map((builder) => prepareByHand(bench, scratch, builder, round)));
    // Who goes first changes from round to round: the first one warms the disk cache for the others.
    const platform = () => deployFirst(bench, `deploy-${round}`, first);
    if (round % 2 === 0) last = await platform();
    for (const { hand, first: times } of byHand) times.push(await hand.first("v0"));
    if (round % 2 === 1) last = await platform();
    for (let change = 1; change <= changes; change += 1) {
      if (last) changed.push(await deployChange(bench, last, `c${change}`));
      for (const { hand, commit, changed: times } of byHand) {
        await commit(`c${change}`);
        times.push(await hand.change(`c${change}`));
      }
    }
    for (const { builder, hand, first: ours, changed: theirs } of byHand) {
      const sums = hands.get(builder) ?? { first: [], changed: [] };
      hands.set(builder, { first: [...sums.first, ...ours], changed: [...sums.changed, ...theirs] });
      await hand.remove();
    }
  }
  const [handName, hand] = fastest(hands);
  const same = last ? await deployUnchanged(bench, last) : { commit: [], outside: [] };
  return [
    {
      name: "first deployment / by hand",
      value: median(first) / median(hand.first),
      unit: "x" as const,
      target: { atMost: 1.2 },
      detail: `${Math.round(median(first))} ms against ${Math.round(median(hand.first))} ms with ${handName}, medians of ${rounds}`,
      samples: first,
    },
    {
      name: "one changed file, beyond by hand",
      value: median(changed) - median(hand.changed),
      unit: "ms" as const,
      target: { atMost: 1_000 },
      detail: `${Math.round(median(changed))} ms against ${Math.round(median(hand.changed))} ms, medians of ${changed.length}`,
      samples: changed,
    },
    {
      name: "unchanged commit",
      value: percentile(same.commit, 0.95),
      unit: "ms" as const,
      target: { atMost: 2_000 },
      detail: `p95 of ${same.commit.length}, from click to live, the build skipped`,
      samples: same.commit,
    },
    {
      name: "commit outside the root directory",
      value: percentile(same.outside, 0.95),
      unit: "ms" as const,
      target: { atMost: 2_000 },
      detail: `p95 of ${same.outside.length}, from click to live, the build skipped`,
      samples: same.outside,
    },
  ];
}

async function prepareByHand(bench: Bench, scratch: string, builder: Builder, round: number): Promise<Hand> {
  const nonce = randomBytes(8).toString("hex");
  const repository = await bench.git.createRepository(`by-hand-${nonce}`);
  const commit = (version: string) => repository.commit(applicationFiles(version, nonce), { message: version });
  await commit("v0");
  const name = `helvetia-bench-${nonce}`;
  const directory = path.join(scratch, `${round}-${nonce}`);
  const hand = await workByHand({ name, url: repository.url, directory, builder });
  return { builder, hand, commit, first: [], changed: [] };
}

async function deployFirst(bench: Bench, name: string, times: number[]): Promise<Application> {
  const application = await createApplication(bench, name, { deploy: false });
  const click = () => bench.dashboard.api.deployment.create.mutate({ serviceId: application.serviceId });
  times.push(await timeToTraffic(bench, application, "v0", click));
  await untilLive(bench, application);
  return application;
}

async function deployChange(bench: Bench, application: Application, version: string): Promise<number> {
  await application.commit(version);
  let id = "";
  const time = await timeToTraffic(bench, application, version, async () => {
    id = (await bench.dashboard.api.deployment.create.mutate({ serviceId: application.serviceId })).id;
  });
  await untilFinished(bench, id);
  return time;
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

function fastest<T extends { first: number[] }>(hands: Map<Builder, T>): [Builder, T] {
  const [best] = [...hands].sort(([, a], [, b]) => median(a.first) - median(b.first));
  if (best === undefined) throw new Error("nothing was done by hand");
  return best;
}
