/** Deployments of all kinds under a load of 200 requests a second: how many requests failed. */
import { createHash } from "node:crypto";
import { type LoadReport, startLoad } from "@/testing/load";
import { type Application, createApplication } from "./application";
import type { Bench, Section } from "./bench";
import { deploy, expectLive, untilFinished, untilLive } from "./deploy";
import { watchStreams } from "./watched-streams";

const redeploys = 20;
const rollbacks = 5;
const broken = 5;
const requestsPerSecond = 200;

export const measureLoad: Section = {
  name: "load",
  async run(bench) {
    const results = [];
    for (const replicas of [1, 2]) {
      const { report, streams, cut } = await deployUnderLoad(bench, replicas);
      const name = `${replicas} ${replicas === 1 ? "replica" : "replicas"}`;
      const failed = Object.values(report.failures).reduce((sum, count) => sum + count, 0);
      results.push(
        {
          name: `failed requests, ${name}`,
          value: failed,
          unit: "failures" as const,
          target: { atMost: 0 },
          detail: `of ${report.requests} in ${redeploys} redeploys, ${rollbacks} rollbacks, ${broken} broken ones; ${describe(report)}`,
          samples: [],
        },
        {
          name: `broken streams, ${name}`,
          value: streams.length,
          unit: "failures" as const,
          target: { atMost: 0 },
          detail:
            streams.join("; ") || "a response of 10 s came whole; an event stream and a WebSocket ran until drained",
          samples: [],
        },
        {
          name: `cut after the grace, ${name}`,
          value: cut,
          unit: "connections" as const,
          target: null,
          detail: "as the deployments report them",
          samples: [],
        },
      );
    }
    return results;
  },
};

async function deployUnderLoad(bench: Bench, replicas: number) {
  const application = await createApplication(bench, `load-${replicas}`, { replicas, version: "l0" });
  const first = await untilLive(bench, application);
  const load = startLoad({
    ...bench.router,
    hostName: application.host,
    requestsPerSecond,
    check: ({ method, status, body, sent }) => {
      if (status !== 200) return `status ${status}`;
      const [version = "", digest] = body.split(" ");
      if (!/^l\d+$/.test(version)) return "a body that is no version";
      if (method === "GET") return null;
      return digest === createHash("sha256").update(sent).digest("hex") ? null : "another body than was sent";
    },
  });
  const watched = await watchStreams(bench.router, application.host, "l0");
  const deployments = [first];
  for (let version = 1; version <= redeploys; version += 1) {
    bench.say(`redeploy ${version} of ${redeploys} under load, ${replicas} replica(s)`);
    await application.commit(`l${version}`);
    deployments.push((await deploy(bench, application)).id);
  }
  await goBackAndForth(bench, deployments);
  await deployBroken(bench, application, replicas);
  const streams = await watched.failures();
  const report = await load.stop();
  return { report, streams, cut: await countCut(bench, application) };
}

async function goBackAndForth(bench: Bench, deployments: string[]): Promise<void> {
  for (let index = 0; index < rollbacks; index += 1) {
    bench.say(`rollback ${index + 1} of ${rollbacks} under load`);
    const deploymentId = deployments.at(index % 2 === 0 ? -2 : -1) ?? "";
    const { id } = await bench.dashboard.api.deployment.rollback.mutate({ deploymentId });
    expectLive(await untilFinished(bench, id));
  }
}

async function deployBroken(bench: Bench, application: Application, replicas: number): Promise<void> {
  for (let index = 0; index < broken; index += 1) {
    bench.say(`broken version ${index + 1} of ${broken} under load, ${replicas} replica(s)`);
    await application.commit(`broken-${index}`, { broken: true });
    const { id } = await bench.dashboard.api.deployment.create.mutate({ serviceId: application.serviceId });
    const { status } = await untilFinished(bench, id);
    if (status !== "failed") throw new Error(`a broken version is ${status}`);
  }
}

async function countCut(bench: Bench, application: Application): Promise<number> {
  const { items } = await bench.dashboard.api.deployment.list.query({ serviceId: application.serviceId, limit: 100 });
  let cut = 0;
  for (const { id } of items) {
    const { cutConnections } = await bench.dashboard.api.deployment.get.query({ deploymentId: id });
    cut += cutConnections ?? 0;
  }
  return cut;
}

function describe({ failures, latencyMs }: LoadReport): string {
  const reasons = Object.entries(failures).map(([reason, count]) => `${count} x ${reason}`);
  return reasons.length > 0 ? reasons.join(", ") : `p99 ${latencyMs.p99} ms, longest ${latencyMs.longest} ms`;
}
