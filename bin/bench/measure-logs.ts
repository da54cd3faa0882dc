/**
 * A flood of lines on its whole way: printed by a build and by a container, kept by the worker, followed by five viewers
 * over HTTP, of whom one loses its connection twice. A line that is missing, doubled or in the wrong place ends it.
 */
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import type { StoredLogLine } from "@/domain/log-line";
import { instancePid } from "@/testing/instance-internals";
import { viewLog } from "@/testing/log-viewer";
import { residentMemory } from "@/testing/resident-memory";
import { WebClient } from "@/testing/web-client";
import type { Bench, Section } from "./bench";
import { expectLive, untilFinished } from "./deploy";
import type { Measurement } from "./measurement";

const viewers = 5;
const stages = ["a", "b", "c", "d"];
const linesEachStage = 50_000;
const linesPerSecond = 5_000;
const seconds = 60;
/** After its start: by then it is live, and the build's viewers are gone. */
const quietSeconds = 20;
const mostGrowthMb = 64;

type Result = Omit<Measurement, "section">;
type Flood = { deploymentId: string; kind: "build" | "runtime"; total: number };
/** Throws where another line should have come. */
type Check = { take(line: StoredLogLine): void; count(): number };

export const measureLogs: Section = {
  name: "logs",
  async run(bench) {
    const serviceId = await createFlood(bench);
    bench.say(`${stages.length * linesEachStage} lines of a build`);
    const { id } = await bench.dashboard.api.deployment.create.mutate({ serviceId });
    const build: Flood = { deploymentId: id, kind: "build", total: stages.length * linesEachStage };
    const ofBuild = await follow(bench, build, checkStages);
    expectLive(await untilFinished(bench, id));
    bench.say(`${linesPerSecond} lines a second of a container, for ${seconds} s`);
    const runtime: Flood = { deploymentId: id, kind: "runtime", total: linesPerSecond * seconds };
    const ofRuntime = await follow(bench, runtime, checkNumbers);
    await bench.dashboard.api.service.stop.mutate({ serviceId });
    return [...ofBuild, ...ofRuntime];
  },
};

async function follow(bench: Bench, flood: Flood, newCheck: () => Check): Promise<Result[]> {
  const { kind, total } = flood;
  const worker = instancePid(bench.instance.dataDirectory, "worker") ?? 0;
  const before = residentMemory(worker);
  // From here on the peak is this flood's.
  writeFileSync(`/proc/${worker}/clear_refs`, "5");
  const times = { first: Number.POSITIVE_INFINITY, last: 0 };
  const reads = Array.from({ length: viewers }, async (_, index) => {
    const client = new WebClient(bench.dashboard.url);
    await client.signIn(bench.instance.owner.email, bench.instance.owner.password);
    const check = newCheck();
    const take = (line: StoredLogLine) => {
      check.take(line);
      if (line.s !== "stdout") return;
      times.first = Math.min(times.first, line.t);
      times.last = Math.max(times.last, line.t);
    };
    const reconnectAt = index === 0 ? [total / 5, total / 2] : [];
    const viewer = viewLog(client, flood, take, {
      reconnectAt,
      ...(kind === "runtime" && { isEnough: () => check.count() === total }),
    });
    await viewer.done;
    if (check.count() !== total) throw new Error(`viewer ${index} saw ${check.count()} of ${total} lines`);
    return viewer.connections();
  });
  const connections = await Promise.all(reads);
  if (connections[0] !== 3) throw new Error(`the viewer that reconnects did so ${(connections[0] ?? 0) - 1} times`);
  const peak = residentMemory(worker);
  if (!before || !peak) throw new Error("the worker is gone");
  const rate = total / ((times.last - times.first) / 1000);
  return [
    {
      name: `${kind}: lines missing, doubled or misplaced`,
      value: 0,
      unit: "failures",
      target: { atMost: 0 },
      detail: `${total} lines, ${Math.round(rate)} a second, ${viewers} viewers with ${connections.join(", ")} connections`,
      samples: [],
    },
    {
      name: `${kind}: growth of the worker's memory`,
      value: peak.peakMb - before.nowMb,
      unit: "MB",
      target: { atMost: mostGrowthMb },
      detail: `resident: ${before.nowMb} before, ${peak.peakMb} at most, ${peak.nowMb} after`,
      samples: [],
    },
  ];
}

/** Of the steps of a build, which run side by side, each has its own order. */
function checkStages(): Check {
  const next = new Map(stages.map((stage) => [stage, 0]));
  return {
    take({ s, x }) {
      const [stage = "", number] = x.split(" ");
      const wanted = next.get(stage);
      if (s !== "stdout" || wanted === undefined) return;
      if (Number(number) !== wanted) throw new Error(`"${stage} ${wanted}" should come, not "${x}"`);
      next.set(stage, wanted + 1);
    },
    count: () => [...next.values()].reduce((sum, count) => sum + count, 0),
  };
}

function checkNumbers(): Check {
  let next = 0;
  return {
    take({ s, x }) {
      if (s === "system") return;
      if (!x.startsWith(`line ${next} `)) throw new Error(`line ${next} should come, not "${x.slice(0, 40)}"`);
      next += 1;
    },
    count: () => next,
  };
}

async function createFlood({ git, dashboard, project }: Bench): Promise<string> {
  const repository = await git.createRepository(`flood-${randomBytes(4).toString("hex")}`);
  await repository.commit({ Dockerfile: dockerfile(), "print.sh": print });
  const { id } = await dashboard.api.service.create.mutate({
    projectId: project.id,
    environmentId: project.environmentId,
    name: "Flood",
    source: { type: "git", url: repository.url, branch: "main", rootDirectory: "" },
    build: { builder: "dockerfile" },
    runtime: { port: 3000, memoryMib: 128, cpuMillis: 1000, replicas: 1 },
    deploy: false,
  });
  return id;
}

/** In steps of a tenth of a second, a little faster than it should be, for what the steps themselves take. */
const print = `httpd -p 3000 -h /www
sleep ${quietSeconds}
awk 'BEGIN { for (n = 0; n < ${linesPerSecond * seconds}; n++) { printf "line %d %080d\\n", n, n; if (n % 500 == 499) { fflush(); system("usleep 90000") } } }'
exec sleep 100000
`;

/** BuildKit lets 100 KiB a second and 1 MiB in all of a step through, so many lines come from several steps, paced. */
function dockerfile(): string {
  const awk = (stage: string) =>
    `awk 'BEGIN { for (n = 0; n < ${linesEachStage}; n++) { print "${stage} " n; if (n % 8000 == 7999) { fflush(); system("sleep 1") } } }'`;
  return [
    ...stages.flatMap((stage) => [
      `FROM busybox:1.36 AS ${stage}`,
      `RUN : ${randomBytes(6).toString("hex")}; ${awk(stage)} && touch /done-${stage}`,
    ]),
    "FROM busybox:1.36",
    "COPY print.sh /",
    ...stages.map((stage) => `COPY --from=${stage} /done-${stage} /www/`),
    'CMD ["sh", "/print.sh"]',
    "",
  ].join("\n");
}
