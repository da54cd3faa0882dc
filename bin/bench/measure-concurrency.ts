/** Eight deployments at once, beside the same eight by hand: as many at a time as the platform builds, and all together. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Application, applicationFiles, createApplication } from "./application";
import type { Bench, Section } from "./bench";
import { type ByHand, workByHand } from "./by-hand";
import { timeToTraffic } from "./deploy";
import { median } from "./measurement";

const together = 8;
/** DEPLOY_CONCURRENCY's default. */
const platformAtATime = 2;
const rounds = 2;

export const measureConcurrency: Section = {
  name: "concurrency",
  async run(bench) {
    const platform: number[] = [];
    const byHand = new Map([platformAtATime, together].map((atATime): [number, number[]] => [atATime, []]));
    for (let round = 0; round < rounds; round += 1) {
      bench.say(`${together} deployments at once, round ${round + 1} of ${rounds}`);
      platform.push(await deployTogether(bench, round));
      for (const [atATime, times] of byHand) times.push(await workTogether(bench, atATime));
    }
    return [...byHand].map(([atATime, times]) => ({
      name: `${together} deployments / by hand, ${atATime} at a time`,
      value: median(platform) / median(times),
      unit: "x" as const,
      // The platform leaves the machine room for what runs on it: the work by hand is compared at its concurrency.
      target: atATime === platformAtATime ? { atMost: 1.15 } : null,
      detail: `${Math.round(median(platform))} ms against ${Math.round(median(times))} ms`,
      samples: platform,
    }));
  },
};

/** Milliseconds until all of them answer. */
async function deployTogether(bench: Bench, round: number): Promise<number> {
  const applications = new Map<string, Application>();
  for (let index = 0; index < together; index += 1) {
    const name = `together-${round}-${index}`;
    applications.set(name, await createApplication(bench, name, { deploy: false }));
  }
  const times = await Promise.all(
    [...applications.values()].map((application) =>
      timeToTraffic(bench, application, "v0", () =>
        bench.dashboard.api.deployment.create.mutate({ serviceId: application.serviceId }),
      ),
    ),
  );
  for (const [confirmation, { serviceId }] of applications) {
    await bench.dashboard.api.service.delete.mutate({ serviceId, confirmation });
  }
  return Math.max(...times);
}

async function workTogether(bench: Bench, atATime: number): Promise<number> {
  const scratch = mkdtempSync(path.join(tmpdir(), "helvetia-bench-"));
  const works: ByHand[] = [];
  try {
    for (let index = 0; index < together; index += 1) works.push(await prepare(bench, scratch));
    const startedAt = performance.now();
    const waiting = [...works];
    const hand = async () => {
      for (let work = waiting.shift(); work; work = waiting.shift()) await work.first("v0");
    };
    await Promise.all(Array.from({ length: atATime }, hand));
    return performance.now() - startedAt;
  } finally {
    for (const work of works) await work.remove();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function prepare(bench: Bench, scratch: string): Promise<ByHand> {
  const nonce = randomBytes(8).toString("hex");
  const repository = await bench.git.createRepository(`by-hand-${nonce}`);
  await repository.commit(applicationFiles("v0", nonce), { message: "v0" });
  const directory = path.join(scratch, nonce);
  return workByHand({ name: `helvetia-bench-${nonce}`, url: repository.url, directory, builder: "BuildKit" });
}
