/** What the platform's own processes stand on: the database and the Docker Engine. */
import path from "node:path";
import { checkDisk, checkPorts, ensureGit } from "./check-machine";
import { claimInstance, releaseInstance } from "./claim-instance";
import { ensureDatabase, migrate } from "./ensure-database";
import { ensureDocker } from "./ensure-docker";
import type { Instance } from "./prepare-instance";
import { stopOrder } from "./programs";
import type { Progress } from "./progress.mjs";
import type { Machine } from "./system-packages";
import { removeReport } from "./write-report";

export type Stage = {
  progress: Progress;
  /** Registers how to undo what was started; undone from the last to the first. */
  onStop: (undo: () => Promise<unknown>) => void;
  abort: AbortController;
  /** Aborted where a stop should not wait for anything. */
  hurry: AbortSignal;
};

/** All that can be said in the first second. Throws a CommandError where a person must see to something. */
export async function checkFirst(instance: Instance, { progress, onStop, hurry }: Stage): Promise<void> {
  const { runDirectory, config, warnings } = instance;
  const ended = await claimInstance(runDirectory, stopOrder, { hurry, say: progress.note });
  onStop(async () => releaseInstance(runDirectory));
  if (ended.length > 0) progress.note(`Ended what a killed start had left running: ${ended.join(", ")}.`);
  removeReport(runDirectory);
  onStop(async () => removeReport(runDirectory));
  for (const warning of warnings) progress.note(warning);
  await checkPorts(config);
  const diskWarning = checkDisk(config.dataDir);
  if (diskWarning) progress.note(diskWarning);
}

/** Resolves with DATABASE_URL; its schema is current. */
export function provideDatabase(instance: Instance, { progress, onStop }: Stage): Promise<string> {
  return progress.step("PostgreSQL", async ({ detail }) => {
    const database = await ensureDatabase(instance, saying(progress));
    onStop(database.stop);
    detail(`${database.detail}, ${await migrate(instance.root, database.url)}`);
    return database.url;
  });
}

/** Resolves with DOCKER_HOST. Git is looked for on the way: what is deployed comes by it. */
export function provideDocker(instance: Instance, machine: Machine, { progress }: Stage): Promise<string> {
  return progress.step("Docker", async ({ doing, detail }) => {
    await ensureGit(machine, doing);
    const logFile = path.join(instance.logsDirectory, "docker.log");
    const engine = await ensureDocker({ dockerHost: instance.config.docker.host, machine, logFile, doing });
    detail(`Engine ${engine.version} at ${engine.host}`);
    return engine.host;
  });
}

/** Says something that happened later than the start, with its time. */
export function saying(progress: Progress): (text: string) => void {
  return (text) => progress.note(`${new Date().toISOString()} ${text}`);
}
