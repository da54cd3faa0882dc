/** Services that nobody changes, under a steady load: none of their requests may fail, whatever happens beside them. */
import { type Load, startLoad } from "@/testing/load";
import { ask } from "@/testing/traffic";
import type { Application } from "./application";
import { until, type World } from "./world";

/** A time in which requests may fail, since what they need was taken away. */
export type Outage = { what: string; startedAt: number; endedAt: number };

type Failure = { host: string; reason: string; startedAt: number; endedAt: number };

export type Bystanders = {
  /** Milliseconds until every one of them answers again. */
  untilTheyAnswer(): Promise<number>;
  stop(): Promise<{ requests: number; failures: Failure[] }>;
};

const requestsPerSecond = 25;
const recoverWithinMs = 90_000;

export function watchBystanders(world: World, applications: Application[]): Bystanders {
  const failures: Failure[] = [];
  const loads: Load[] = applications.map(({ name, host }) =>
    startLoad({
      ...world.router,
      hostName: host,
      requestsPerSecond,
      check: ({ status, body }) => (status === 200 && body === `${name}-0` ? null : `status ${status}`),
      onFailure: (failure) => failures.push({ host, ...failure }),
    }),
  );
  return {
    untilTheyAnswer: () =>
      until("services that nobody changed answer again", recoverWithinMs, async () => {
        const answers = await Promise.all(applications.map(({ host }) => ask(world.router, host)));
        return answers.every((answer, index) => answer === `${applications[index]?.name}-0`);
      }),
    async stop() {
      const reports = await Promise.all(loads.map((load) => load.stop()));
      return { requests: reports.reduce((sum, report) => sum + report.requests, 0), failures };
    },
  };
}

/** Splits failures by whether they were under way in one of the outages. */
export function excuse(failures: Failure[], outages: Outage[]): { excused: Failure[]; others: Failure[] } {
  const { excused = [], others = [] } = Object.groupBy(failures, ({ startedAt, endedAt }) =>
    outages.some((outage) => startedAt <= outage.endedAt && endedAt >= outage.startedAt) ? "excused" : "others",
  );
  return { excused, others };
}
