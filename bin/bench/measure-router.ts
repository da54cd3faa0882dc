/** What the router costs: an application asked through it, beside the same container asked directly. */
import { label } from "@/domain/naming";
import { createDockerEngine } from "@/server/adapters/docker/docker-engine";
import { createLogger } from "@/server/log";
import { createApplication } from "./application";
import type { Section } from "./bench";
import { untilLive } from "./deploy";
import { median } from "./measurement";
import { measureThroughput, type Throughput } from "./throughput";

const rounds = 3;
const connections = 10;
const seconds = 4;

export const measureRouter: Section = {
  name: "router",
  async run(bench) {
    const application = await createApplication(bench, "router");
    await untilLive(bench, application);
    const direct: Throughput[] = [];
    const routed: Throughput[] = [];
    const endpoint = await findEndpoint(application.serviceId);
    const ask = ({ host, port }: { host: string; port: number }) =>
      measureThroughput({
        url: `http://${host}:${port}/`,
        headers: { host: application.host },
        connections,
        seconds,
      });
    for (let round = 0; round < rounds; round += 1) {
      bench.say(`router beside its application, round ${round + 1} of ${rounds}`);
      direct.push(await ask(endpoint));
      routed.push(await ask(bench.router));
    }
    const rate = (list: Throughput[]) => median(list.map(({ perSecond }) => perSecond));
    return [
      {
        name: "through the router / directly",
        value: rate(routed) / rate(direct),
        unit: "x",
        target: null,
        detail: `${Math.round(rate(routed))} against ${Math.round(rate(direct))} requests/s, ${connections} kept connections`,
        samples: routed.map(({ perSecond }) => perSecond),
      },
      {
        name: "through the router, p99",
        value: median(routed.map(({ p99Ms }) => p99Ms)),
        unit: "ms",
        target: null,
        detail: `directly ${median(direct.map(({ p99Ms }) => p99Ms))} ms`,
        samples: routed.map(({ p99Ms }) => p99Ms),
      },
    ];
  },
};

async function findEndpoint(serviceId: string) {
  const engine = createDockerEngine({
    host: process.env.DOCKER_HOST || null,
    addressing: "auto",
    imageMirror: null,
    extraCaCerts: null,
    instanceId: "bench",
    log: createLogger("bench", "silent"),
  });
  const containers = await engine.listContainers({ [label.service]: serviceId });
  const endpoint = containers.find((container) => container.endpoint !== null)?.endpoint;
  if (!endpoint) throw new Error("the application's container is not there");
  return endpoint;
}
