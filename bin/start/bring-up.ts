/** The recipe of a start: each step says what it did and how long it took. */
import path from "node:path";
import type { ProcessName } from "@/server/config/stop-graces";
import { buildApplication } from "./build-application";
import { checkRegistry } from "./check-registry";
import { type Instance, withEnvironment } from "./prepare-instance";
import { createPrograms, holdRouterSockets, stopOrder } from "./programs";
import { checkFirst, provideDatabase, provideDocker, type Stage, saying } from "./provide";
import { keepLogsSmall } from "./rotate-log";
import { supervise } from "./supervised-program";
import { readMachine } from "./system-packages";
import { together } from "./together";

/** Throws a CommandError where something is missing that a person must see to. */
export async function bringUp(given: Instance, stage: Stage): Promise<Instance> {
  const machine = readMachine();
  await checkFirst(given, stage);
  const [DATABASE_URL, DOCKER_HOST, build] = await together(stage.abort, [
    provideDatabase(given, stage),
    provideDocker(given, machine, stage),
    stage.progress.step("Build", async ({ doing, detail }) => {
      const { built, directory } = await buildApplication(given.root, doing, stage.abort.signal);
      detail(built ? "web, worker and router" : "up to date");
      return directory;
    }),
  ]);
  const instance = withEnvironment(given, { DATABASE_URL, DOCKER_HOST });
  const registry = checkRegistry(instance, machine, stage.progress);
  await run(instance, build, stage);
  await registry;
  return instance;
}

const labels: Record<ProcessName, string> = { web: "Web", worker: "Worker", edge: "Router" };

/** The platform's own processes; they are kept running until the stop. */
async function run(instance: Instance, build: string, { progress, onStop, abort, hurry }: Stage): Promise<void> {
  const { runDirectory, logsDirectory, config } = instance;
  const programs = createPrograms({ ...instance, build, routerSockets: await holdRouterSockets(config) });
  const supervised = stopOrder.toReversed().map((name) => {
    const logFile = path.join(logsDirectory, `${name}.log`);
    const program = supervise(programs[name], { runDirectory, logFile, say: saying(progress), hurry });
    onStop(program.stop);
    return { name, logFile, program };
  });
  onStop(keepLogsSmall(supervised.map(({ logFile }) => logFile)));
  const details: Record<ProcessName, string> = {
    web: config.web.publicUrl,
    worker: "takes deployments",
    edge: `applications on port ${config.edge.port}`,
  };
  await together(
    abort,
    supervised.map(({ name, program }) =>
      progress.step(labels[name], async ({ detail }) => {
        await program.ready(abort.signal);
        detail(details[name]);
      }),
    ),
  );
}
