/** What a build that burns every core and its memory takes from those who use the platform meanwhile. */
import { randomBytes } from "node:crypto";
import http from "node:http";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { createApplication } from "./application";
import type { Bench, Section } from "./bench";
import { untilFinished, untilLive } from "./deploy";
import { followLog } from "./follow-log";
import { percentile } from "./measurement";

const samples = 400;
const everyMs = 20;
const burnSeconds = 40;
const hungryMib = 1024;

type Place = { name: string; options: http.RequestOptions };

export const measureHungryBuild: Section = {
  name: "hungry-build",
  async run(bench) {
    const application = await createApplication(bench, "beside");
    await untilLive(bench, application);
    const { hostname, port } = new URL(bench.instance.report.dashboardUrl);
    const places: Place[] = [
      { name: "/api/health", options: { host: hostname, port, path: "/api/health" } },
      { name: "application through the router", options: { ...bench.router, headers: { host: application.host } } },
    ];
    bench.say("answers while nothing is built");
    const idle = await askAll(places);
    const { burning, ended } = await startHungryBuild(bench);
    await burning;
    bench.say("answers beside a build that burns every core and its memory");
    const beside = await askAll(places);
    await ended;
    return places.map(({ name }, index) => {
      const [before, during] = [idle[index] ?? [], beside[index] ?? []];
      const [calm, busy] = [percentile(before, 0.95), percentile(during, 0.95)];
      return {
        name: `${name}, p95 beside a hungry build / idle`,
        value: busy / calm,
        unit: "x" as const,
        target: null,
        detail: `${busy.toFixed(1)} against ${calm.toFixed(1)} ms, p50 ${percentile(during, 0.5).toFixed(1)} against ${percentile(before, 0.5).toFixed(1)} ms`,
        samples: during,
      };
    });
  },
};

/** Milliseconds of each answer, by place; the places take turns at a fixed pace, whatever the answers take. */
async function askAll(places: Place[]): Promise<number[][]> {
  const answers = places.map((): Promise<number>[] => []);
  for (let sample = 0; sample < samples; sample += 1) {
    for (const [index, { options }] of places.entries()) answers[index]?.push(ask(options));
    await sleep(everyMs);
  }
  return Promise.all(answers.map((list) => Promise.all(list)));
}

function ask(options: http.RequestOptions): Promise<number> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const asking = http.get({ ...options, agent: false }, (response) => {
      response.resume().once("end", () => {
        if (response.statusCode === 200) resolve(performance.now() - startedAt);
        else reject(new Error(`${options.path ?? "the application"} answered ${response.statusCode}`));
      });
    });
    asking.once("error", reject);
  });
}

/** `burning` resolves once the build takes all it can get. */
async function startHungryBuild(bench: Bench): Promise<{ burning: Promise<void>; ended: Promise<unknown> }> {
  const application = await createApplication(bench, "hungry", { deploy: false });
  const processes = availableParallelism() * 2;
  const burn = `
const { spawn } = require("node:child_process");
if (process.argv[2] === "child") {
  const kept = [];
  for (let mib = 0; mib < ${Math.round(hungryMib / processes)}; mib += 1) kept.push(Buffer.alloc(2 ** 20, 1));
  console.log("takes all");
  const until = Date.now() + ${burnSeconds * 1000};
  for (let n = 0; Date.now() < until; n += 1) kept[n % kept.length].fill(n);
} else {
  for (let n = 0; n < ${processes}; n += 1) spawn(process.execPath, [__filename, "child"], { stdio: "inherit" });
}
`;
  await application.repository.commit({
    "app/burn.js": burn,
    "app/Dockerfile": `FROM node:24-slim\nCOPY . .\nRUN echo ${randomBytes(8).toString("hex")} && node burn.js\nCMD ["node", "-e", "require('http').createServer((q, r) => r.end()).listen(3000)"]\n`,
  });
  const { id } = await bench.dashboard.api.deployment.create.mutate({ serviceId: application.serviceId });
  const all = Promise.withResolvers<void>();
  let begun = 0;
  const ended = followLog(bench.dashboard, id, (text) => {
    begun += text.includes("takes all") ? 1 : 0;
    if (begun === processes) all.resolve();
  }).then(() => untilFinished(bench, id));
  ended.then(() => all.reject(new Error("the build ended before it took all it could get")), all.reject);
  return { burning: all.promise, ended };
}
