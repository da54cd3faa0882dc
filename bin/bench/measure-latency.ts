/** How soon a person sees that something happens: the first phase, and the lines of a build. */
import { createApplication } from "./application";
import type { Bench, Section } from "./bench";
import { untilFinished, untilLive } from "./deploy";
import { followLog } from "./follow-log";
import { median, percentile } from "./measurement";

const deployments = 20;
const lines = 40;

export const measureLatency: Section = {
  name: "latency",
  async run(bench) {
    const phase = await firstPhase(bench);
    const log = await logLines(bench);
    return [
      {
        name: "mutation to first phase begun",
        value: percentile(phase, 0.95),
        unit: "ms",
        target: { atMost: 100 },
        detail: `p95 of ${phase.length}, median ${Math.round(median(phase))} ms`,
        samples: phase,
      },
      {
        name: "build writes a line to browser",
        value: percentile(log, 0.95),
        unit: "ms",
        target: { atMost: 300 },
        detail: `p95 of ${log.length} lines, median ${Math.round(median(log))} ms`,
        samples: log,
      },
    ];
  },
};

/** From before the request is sent to the moment that the worker wrote down as the phase's beginning. */
async function firstPhase(bench: Bench): Promise<number[]> {
  const application = await createApplication(bench, "latency");
  await untilLive(bench, application);
  bench.say(`${deployments} deployments, to their first phase`);
  const times: number[] = [];
  for (let index = 0; index < deployments; index += 1) {
    const clickedAt = Date.now();
    const { id } = await bench.dashboard.api.deployment.create.mutate({ serviceId: application.serviceId });
    const { phases } = await untilFinished(bench, id);
    // Waiting in the queue is a row of the timeline too, and no work.
    const working = phases.filter(({ phase }) => phase !== "queued");
    const begun = working.map(({ startedAt }) => new Date(startedAt).getTime());
    times.push(Math.min(...begun) - clickedAt);
  }
  return times;
}

/** A build that prints the time every 50 ms, on the same clock as ours. */
async function logLines(bench: Bench): Promise<number[]> {
  bench.say("lines of a build log");
  const application = await createApplication(bench, "log-lines", { deploy: false });
  const print = `let n = 0; const t = setInterval(() => { console.log("printed-at " + Date.now()); if (++n === ${lines}) clearInterval(t); }, 50);`;
  await application.repository.commit({
    "app/print.js": print,
    "app/Dockerfile":
      'FROM node:24-slim\nCOPY . .\nRUN node print.js\nCMD ["node", "-e", "require(\'http\').createServer((q, r) => r.end()).listen(3000)"]\n',
  });
  const { id } = await bench.dashboard.api.deployment.create.mutate({ serviceId: application.serviceId });
  const times: number[] = [];
  await followLog(bench.dashboard, id, (text, arrivedAt) => {
    const printedAt = /printed-at (\d+)/.exec(text)?.[1];
    // The Dockerfile's own line holds the program's text, without a time in it.
    if (printedAt !== undefined) times.push(arrivedAt - Number(printedAt));
  });
  await untilFinished(bench, id);
  if (times.length < lines) throw new Error(`${times.length} of ${lines} lines arrived`);
  return times;
}
