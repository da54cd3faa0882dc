/**
 * Every query of the API over HTTP, and what the worker does on a schedule, in a database as large as the platform is
 * promised to cope with: a web process of its own on a database of its own, on the instance's PostgreSQL.
 */
import { createBuildSlots } from "@/server/build-slots";
import { sweep } from "@/server/services/worker/sweep";
import { instanceAdminUrl, instanceBuild } from "@/testing/instance-internals";
import { type QuerySeries, querySeries } from "@/testing/scale/query-series";
import { WebClient } from "@/testing/web-client";
import { startWebProcess } from "@/testing/web-process";
import type { Bench, Section } from "./bench";
import { type Measurement, percentile } from "./measurement";
import { createScaleDatabase, type ScaleDatabase } from "./scale-database";

const callsEach = 100;
const warmUpCalls = 5;
const sweeps = 60;

type Result = Omit<Measurement, "section">;

export const measureScale: Section = {
  name: "scale",
  async run(bench) {
    const database = await createScaleDatabase(instanceAdminUrl(bench.instance.dataDirectory), bench.say);
    try {
      return [...(await measureQueries(bench, database)), await measureSweep(bench, database)];
    } finally {
      await database.drop();
    }
  },
};

async function measureQueries({ instance, say }: Bench, { url, owner, world }: ScaleDatabase): Promise<Result[]> {
  const web = await startWebProcess(instanceBuild(instance.dataDirectory), url);
  try {
    const client = new WebClient(web.url);
    const refused = (await client.signIn(owner.email, owner.password)).error;
    if (refused !== null) throw new Error(`the owner was refused: ${refused}`);
    const results: Result[] = [];
    for (const series of querySeries(world)) {
      say(`${series.path}, ${series.name}`);
      results.push(toResult(`${series.path}: ${series.name}`, 50, await timeSeries(client, series)));
    }
    return results;
  } finally {
    await web.kill();
  }
}

/** Milliseconds of each call, one after the other, the first few left out: every connection plans once. */
async function timeSeries(client: WebClient, { path: procedure, input }: QuerySeries): Promise<number[]> {
  const times: number[] = [];
  let before: unknown = null;
  for (let n = 0; n < warmUpCalls + callsEach; n += 1) {
    const asked = input(n, before);
    const begun = performance.now();
    const { status, body } = await client.query(procedure, asked);
    times.push(performance.now() - begun);
    if (status !== 200) throw new Error(`${procedure} answered ${status}: ${JSON.stringify(body)}`);
    before = (body as { result: { data: unknown } }).result.data; // safe because tRPC puts what a query answers there
  }
  return times.slice(warmUpCalls);
}

async function measureSweep({ say }: Bench, { db }: ScaleDatabase): Promise<Result> {
  say("the worker's sweep");
  const context = { db, clock: { now: () => new Date() }, buildSlots: createBuildSlots(2) };
  const times: number[] = [];
  for (let n = 0; n < sweeps; n += 1) {
    const begun = performance.now();
    await sweep(context);
    times.push(performance.now() - begun);
  }
  return toResult("the worker's sweep", 200, times);
}

function toResult(name: string, atMost: number, times: number[]): Result {
  const [p50 = 0, max = 0] = [percentile(times, 0.5), percentile(times, 1)];
  return {
    name,
    value: percentile(times, 0.95),
    unit: "ms",
    target: { atMost },
    detail: `p95 of ${times.length}, median ${p50.toFixed(1)} ms, longest ${max.toFixed(0)} ms`,
    samples: times,
  };
}
