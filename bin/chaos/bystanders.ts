/** Services that nobody changes, under a steady load: none of their requests may fail, whatever happens beside them. */
import { type Load, startLoad } from "@/testing/load";
import { ask } from "@/testing/traffic";
import type { Application } from "./application";
import type { Asked } from "./outages";
import { until, type World } from "./world";

export type Bystanders = {
  /** Milliseconds until every one of them answers again. */
  untilTheyAnswer(): Promise<number>;
  /** Every request, each made once. */
  stop(): Promise<Asked[]>;
};

const requestsPerSecond = 25;
const recoverWithinMs = 90_000;

export function watchBystanders(world: World, applications: Application[]): Bystanders {
  const asked: Asked[] = [];
  const loads: Load[] = applications.map(({ name, host }) =>
    startLoad({
      ...world.router,
      hostName: host,
      requestsPerSecond,
      check: ({ status, body }) => (status === 200 && body === `${name}-0` ? null : `status ${status}`),
      onEnd: (request) => asked.push({ host, ...request }),
    }),
  );
  return {
    untilTheyAnswer: () =>
      until("services that nobody changed answer again", recoverWithinMs, async () => {
        const answers = await Promise.all(applications.map(({ host }) => ask(world.router, host)));
        return answers.every((answer, index) => answer === `${applications[index]?.name}-0`);
      }),
    async stop() {
      await Promise.all(loads.map((load) => load.stop()));
      return asked;
    },
  };
}
