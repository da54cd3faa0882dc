/** The recipe of a start: each step says what it did and how long it took. */
import path from "node:path";
import { buildApplication } from "./build-application";
import { checkDisk, checkPorts, ensureGit } from "./check-machine";
import { checkRegistry } from "./check-registry";
import { claimInstance, releaseInstance } from "./claim-instance";
import { ensureDatabase, migrate } from "./ensure-database";
import { ensureDocker } from "./ensure-docker";
import { type Instance, withEnvironment } from "./prepare-instance";
import { createPrograms, type ProgramName, stopOrder } from "./programs";
import type { Progress } from "./progress.mjs";
import { keepLogsSmall } from "./rotate-log";
import { supervise } from "./supervised-program";
import { type Machine, readMachine } from "./system-packages";
import { together } from "./together";
import { removeReport } from "./write-report";

/** Registers how to undo what was started; undone from the last to the first. */
export type OnStop = (undo: () => Promise<unknown>) => void;

export type Stage = { progress: Progress; onStop: OnStop; abort: AbortController };

/** Throws a CommandError where something is missing that a person must see to. */
export async function bringUp(given: Instance, stage: Stage): Promise<Instance> {
  const machine = readMachine();
  await checkFirst(given, stage);
  const { instance, build } = await provide(given, machine, stage);
  const registry = checkRegistry(instance, machine, stage.progress);
  await run(instance, build, stage);
  await registry;
  return instance;
}

/** All that can be said in the first second. */
async function checkFirst(instance: Instance, { progress, onStop }: Stage): Promise<void> {
  const ended = await claimInstance(instance.runDirectory, stopOrder);
  onStop(async () => releaseInstance(instance.runDirectory));
  removeReport(instance.runDirectory);
  onStop(async () => removeReport(instance.runDirectory));
  if (ended.length > 0) progress.note(`Ended what a killed start had left running: ${ended.join(", ")}.`);
  for (const warning of instance.warnings) progress.note(warning);
  await checkPorts(instance.config);
  const diskWarning = checkDisk(instance.config.dataDir);
  if (diskWarning) progress.note(diskWarning);
}

/** Database, Engine and build, side by side. */
async function provide(instance: Instance, machine: Machine, { progress, onStop, abort }: Stage) {
  const { root, config, logsDirectory } = instance;
  const say = timed(progress);
  const [DATABASE_URL, DOCKER_HOST, build] = await together(abort, [
    progress.step("PostgreSQL", async ({ detail }) => {
      const database = await ensureDatabase(instance, say);
      onStop(database.stop);
      detail(`${database.detail}, ${await migrate(root, database.url)}`);
      return database.url;
    }),
    progress.step("Docker", async ({ doing, detail }) => {
      await ensureGit(machine, doing);
      const logFile = path.join(logsDirectory, "docker.log");
      const engine = await ensureDocker({ dockerHost: config.docker.host, machine, logFile, doing });
      detail(`Engine ${engine.version} at ${engine.host}`);
      return engine.host;
    }),
    progress.step("Build", async ({ doing, detail }) => {
      const { built, directory } = await buildApplication(root, doing, abort.signal);
      detail(built ? "web, worker and router" : "up to date");
      return directory;
    }),
  ]);
  return { instance: withEnvironment(instance, { DATABASE_URL, DOCKER_HOST }), build };
}

const labels: Record<ProgramName, string> = { web: "Web", worker: "Worker", edge: "Router" };

/** The platform's own processes; they are kept running until the stop. */
async function run(instance: Instance, build: string, { progress, onStop, abort }: Stage): Promise<void> {
  const { runDirectory, logsDirectory, config } = instance;
  const programs = createPrograms({ ...instance, build });
  const supervised = stopOrder.toReversed().map((name) => {
    const logFile = path.join(logsDirectory, `${name}.log`);
    const program = supervise(programs[name], { runDirectory, logFile, say: timed(progress) });
    onStop(program.stop);
    return { name, logFile, program };
  });
  onStop(keepLogsSmall(supervised.map(({ logFile }) => logFile)));
  const details = {
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

function timed(progress: Progress): (text: string) => void {
  return (text) => progress.note(`${new Date().toISOString()} ${text}`);
}
