/** From the click on "Cancel" to the end of the deployment, in every phase; each is held up so that there is one to end. */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type DeploymentPhase, deploymentPhases, isFinished } from "@/domain/deployment/status";
import { startHangingServer } from "@/testing/hanging-server";
import { instancePid } from "@/testing/instance-internals";
import type { Bench, Section } from "./bench";
import { untilFinished } from "./deploy";
import { type Measurement, median, percentile } from "./measurement";

const times = 8;
const withinMs = 120_000;

/** Deploys something that stays in its phase; `end` lets go what held it. */
type HeldUp = { deploymentId: string; end?: () => Promise<unknown> };

const serves = 'RUN mkdir /www && echo hello > /www/index.html\nCMD ["sh", "-c", "exec httpd -f -p $PORT -h /www"]';
const waits = 'CMD ["sleep", "600"]';

export const measureCancel: Section = {
  name: "cancel",
  async run(bench) {
    const results: Omit<Measurement, "section">[] = [];
    for (const phase of deploymentPhases) {
      const holdUp = obstacles[phase];
      bench.say(`${times} cancels while ${phase}`);
      const samples: number[] = [];
      for (let index = 0; index < times; index += 1) samples.push(await cancelOne(bench, phase, await holdUp(bench)));
      results.push({
        name: phase,
        value: percentile(samples, 0.95),
        unit: "ms",
        target: { atMost: 2_000 },
        detail: `p95 of ${times}, median ${Math.round(median(samples))} ms, from the click to cancelled`,
        samples,
      });
    }
    return results;
  },
};

const obstacles: Record<DeploymentPhase, (bench: Bench) => Promise<HeldUp>> = {
  async queued(bench) {
    // As many builds as there are slots.
    const builds = [await deployFiles(bench, sleepingBuild()), await deployFiles(bench, sleepingBuild())];
    for (const id of builds) await untilStatus(bench, id, "building");
    const end = async () => {
      for (const deploymentId of builds) await bench.dashboard.api.deployment.cancel.mutate({ deploymentId });
      for (const id of builds) await untilFinished(bench, id);
    };
    return { deploymentId: await deployFiles(bench, `FROM busybox:1.36\n${serves}\n`), end };
  },
  async fetching(bench) {
    const silent = await startHangingServer();
    return { deploymentId: await deployUrl(bench, `http://${silent.host}/app.git`), end: silent.close };
  },
  building: async (bench) => ({ deploymentId: await deployFiles(bench, sleepingBuild()) }),
  // So many containers that starting them takes a while.
  releasing: async (bench) => ({ deploymentId: await deployFiles(bench, `FROM busybox:1.36\n${waits}\n`, 8) }),
  verifying: async (bench) => ({ deploymentId: await deployFiles(bench, `FROM busybox:1.36\n${waits}\n`) }),
  async routing(bench) {
    const edge = instancePid(bench.instance.dataDirectory, "edge");
    if (edge === null) throw new Error("there is no router to hold up");
    // A router that is stopped confirms no route.
    process.kill(edge, "SIGSTOP");
    const deploymentId = await deployFiles(bench, `FROM busybox:1.36\n${serves}\n`);
    return { deploymentId, end: async () => process.kill(edge, "SIGCONT") };
  },
};

async function cancelOne(bench: Bench, phase: DeploymentPhase, { deploymentId, end }: HeldUp): Promise<number> {
  try {
    await untilStatus(bench, deploymentId, phase);
    const startedAt = performance.now();
    await bench.dashboard.api.deployment.cancel.mutate({ deploymentId });
    await untilStatus(bench, deploymentId, "cancelled");
    return performance.now() - startedAt;
  } finally {
    await end?.();
  }
}

const sleepingBuild = () => `FROM busybox:1.36\nRUN : ${randomBytes(6).toString("hex")}; sleep 600\n${serves}\n`;

async function deployFiles(bench: Bench, dockerfile: string, replicas = 1): Promise<string> {
  const repository = await bench.git.createRepository(`cancel-${randomBytes(6).toString("hex")}`);
  await repository.commit({ Dockerfile: dockerfile });
  return deployUrl(bench, repository.url, replicas);
}

/** Creates a service of its own for it. Returns the deployment's id. */
async function deployUrl(bench: Bench, url: string, replicas = 1): Promise<string> {
  const { api } = bench.dashboard;
  const service = await api.service.create.mutate({
    projectId: bench.project.id,
    environmentId: bench.project.environmentId,
    name: `cancel ${randomBytes(4).toString("hex")}`,
    source: { type: "git", url, branch: "main", rootDirectory: "" },
    build: { builder: "dockerfile" },
    runtime: { port: 3000, health: { check: { type: "http" as const, path: "/" } }, memoryMib: 64, replicas },
    deploy: false,
  });
  return (await api.deployment.create.mutate({ serviceId: service.id })).id;
}

async function untilStatus(bench: Bench, deploymentId: string, wanted: string): Promise<void> {
  for (const deadline = performance.now() + withinMs; ; await sleep(5)) {
    const { status, error } = await bench.dashboard.api.deployment.get.query({ deploymentId });
    if (status === wanted) return;
    if (isFinished(status)) throw new Error(`${deploymentId} is ${status}, not ${wanted}: ${error?.message}`);
    if (performance.now() > deadline) throw new Error(`${deploymentId} is still ${status}, not ${wanted}`);
  }
}
