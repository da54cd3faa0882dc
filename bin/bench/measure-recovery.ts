/** A worker killed with -9 in the middle of a build: how long until another one is at work on that deployment. */
import { setTimeout as sleep } from "node:timers/promises";
import { instancePid, queryInstance } from "@/testing/instance-internals";
import { createApplication } from "./application";
import type { Bench, Section } from "./bench";
import { expectLive, untilFinished } from "./deploy";

const times = 5;
const withinMs = 60_000;

export const measureRecovery: Section = {
  name: "recovery",
  async run(bench) {
    const samples: number[] = [];
    for (let index = 0; index < times; index += 1) {
      bench.say(`kill -9 of the worker in mid-build, ${index + 1} of ${times}`);
      samples.push(await recover(bench, index));
    }
    return [
      {
        name: "kill -9 to work going on",
        value: Math.max(...samples),
        unit: "ms",
        target: { atMost: 15_000 },
        detail: `longest of ${times}, each in mid-build; every deployment went live`,
        samples,
      },
    ];
  },
};

async function recover(bench: Bench, index: number): Promise<number> {
  const { dataDirectory } = bench.instance;
  const application = await createApplication(bench, `recovery-${index}`, { deploy: false });
  const { id } = await bench.dashboard.api.deployment.create.mutate({ serviceId: application.serviceId });
  await until("it builds", async () => (await statusOf(bench, id)) === "building");
  const holder = () => holderOf(dataDirectory, application.serviceId);
  const dead = await holder();
  const pid = instancePid(dataDirectory, "worker");
  if (pid === null) throw new Error("there is no worker to kill");
  process.kill(pid, "SIGKILL");
  const startedAt = performance.now();
  await until("another worker is at it", async () => {
    const current = await holder();
    return current !== null && current !== dead;
  });
  const recoveredMs = performance.now() - startedAt;
  expectLive(await untilFinished(bench, id));
  return recoveredMs;
}

async function statusOf(bench: Bench, deploymentId: string): Promise<string> {
  return (await bench.dashboard.api.deployment.get.query({ deploymentId })).status;
}

async function holderOf(dataDirectory: string, serviceId: string): Promise<string | null> {
  const rows = await queryInstance<{ holder: string }>(
    dataDirectory,
    `select holder from leases where key = 'service:${serviceId}' and expires_at > clock_timestamp()`,
  );
  return rows[0]?.holder ?? null;
}

async function until(what: string, reached: () => Promise<boolean>): Promise<void> {
  for (const deadline = performance.now() + withinMs; !(await reached()); await sleep(10)) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1_000} s`);
  }
}
