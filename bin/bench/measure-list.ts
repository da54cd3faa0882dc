/** A list out of 1,000 services in 50 projects, beside an empty procedure in the same run. */
import type { Bench, Section } from "./bench";
import { median } from "./measurement";
import { measureThroughput, type Throughput } from "./throughput";

const projects = 50;
const servicesEach = 20;
const rounds = 3;
const connections = 10;
const seconds = 8;

export const measureList: Section = {
  name: "list",
  async run(bench) {
    const projectIds = await fill(bench);
    const { organizationId } = bench.project;
    const encode = (input: unknown) => encodeURIComponent(JSON.stringify(input));
    const ask = (procedure: string, paths?: string[]) =>
      measureThroughput({
        url: `${bench.dashboard.url}/api/trpc/${procedure}`,
        ...(paths && { paths }),
        headers: { cookie: bench.dashboard.cookie },
        connections,
        seconds,
      });
    const empty: Throughput[] = [];
    const lists: Throughput[] = [];
    // What is asked at the same time is read once (src/decisions/031): here fewer ask for the same.
    const others: Throughput[] = [];
    const paths = projectIds.map((projectId) => `/api/trpc/service.list?input=${encode({ projectId })}`);
    for (let round = 0; round < rounds; round += 1) {
      bench.say(`list beside an empty procedure, round ${round + 1} of ${rounds}`);
      empty.push(await ask("ping"));
      lists.push(await ask(`service.listByOrganization?input=${encode({ organizationId })}`));
      others.push(await ask("service.list", paths));
    }
    const rate = (list: Throughput[]) => median(list.map(({ perSecond }) => perSecond));
    return [
      {
        name: "list / empty procedure",
        value: rate(lists) / rate(empty),
        unit: "x",
        target: { atLeast: 0.5 },
        detail: `${Math.round(rate(lists))} against ${Math.round(rate(empty))} requests/s, ${connections} kept connections`,
        samples: lists.map(({ perSecond }) => perSecond),
      },
      {
        name: "lists of 50 projects in turn / empty procedure",
        value: rate(others) / rate(empty),
        unit: "x",
        target: null,
        detail: `${Math.round(rate(others))} requests/s, p99 ${median(others.map(({ p99Ms }) => p99Ms))} ms`,
        samples: others.map(({ perSecond }) => perSecond),
      },
      {
        name: "list, p99",
        value: median(lists.map(({ p99Ms }) => p99Ms)),
        unit: "ms",
        target: { atMost: 50 },
        detail: `empty procedure ${median(empty.map(({ p99Ms }) => p99Ms))} ms`,
        samples: lists.map(({ p99Ms }) => p99Ms),
      },
    ];
  },
};

/** Returns the ids of the projects. */
async function fill({ dashboard, project, say }: Bench): Promise<string[]> {
  const projectIds: string[] = [];
  say(`${projects * servicesEach} services in ${projects} projects`);
  for (let index = 0; index < projects; index += 1) {
    const made = await dashboard.api.project.create.mutate({
      organizationId: project.organizationId,
      name: `List ${index}`,
    });
    projectIds.push(made.id);
    const { environments } = await dashboard.api.project.get.query({ projectId: made.id });
    const environmentId = environments[0]?.id ?? "";
    for (let service = 0; service < servicesEach; service += 1) {
      await dashboard.api.service.create.mutate({
        projectId: made.id,
        environmentId,
        name: `Service ${service}`,
        source: { type: "git", url: "https://git.example.com/team/app.git", branch: "main", rootDirectory: "" },
        build: {},
        runtime: {},
        deploy: false,
      });
    }
  }
  return projectIds;
}
