/** The job queue's side of the worker: every job of the catalogue, with its timeout and an end when the worker stops. */
import { EventEmitter } from "node:events";
import { Logger as QueueLogger, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import type { WorkerContext } from "@/server/context";
import { type JobName, jobCatalog } from "@/server/jobs/catalog";
import { handlers } from "@/server/jobs/handlers";
import type { Handler } from "@/server/jobs/handlers/handler";
import { cronItems } from "./crontab";

/** Jobs beside the deployments that build: rollbacks, drains, stops, inspections never wait behind those. */
const otherJobs = 8;
/** New jobs come by NOTIFY; this is how late one can be whose time has come. */
const pollEveryMs = 2_000;

export type Queue = {
  /** The names by which the queue locks this worker's jobs. */
  workerIds: string[];
  /** Takes no more jobs, ends those that run at a safe point, and resolves when they have. */
  stop(): Promise<void>;
  /** Resolves when it ended, rejects when it broke. */
  ended: Promise<void>;
};

export async function startQueue(context: WorkerContext): Promise<Queue> {
  const events: WorkerEvents = new EventEmitter();
  const workerIds: string[] = [];
  events.on("worker:create", ({ worker }) => workerIds.push(worker.workerId));
  const runner: Runner = await run({
    pgPool: context.db.$client,
    taskList: taskList(context),
    parsedCronItems: cronItems(),
    // Builds are bounded by slots, and one that finds none gives its place back.
    concurrency: context.config.deploy.concurrency + otherJobs,
    pollInterval: pollEveryMs,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: 0,
    events,
    logger: queueLogger(context),
  });
  return { workerIds, stop: () => runner.stop(), ended: runner.promise };
}

function taskList(context: WorkerContext): TaskList {
  const names = Object.keys(jobCatalog) as JobName[]; // safe because the catalogue is keyed by nothing else
  return Object.fromEntries(names.map((name) => [name, task(context, name)]));
}

function task<N extends JobName>(context: WorkerContext, name: N): TaskList[string] {
  const { payload: schema, timeoutMs } = jobCatalog[name];
  const handler: Handler<N> = handlers[name];
  return async (payload, helpers) => {
    const signal = AbortSignal.any([helpers.abortSignal, AbortSignal.timeout(timeoutMs)]);
    const parsed = schema.parse(payload) as Parameters<Handler<N>>[1]; // safe because it is the schema of this job
    await handler(context, parsed, signal);
  };
}

function queueLogger({ log }: WorkerContext): QueueLogger {
  const own = log.child({ part: "queue" });
  return new QueueLogger(() => (level, message, meta) => {
    const error = meta?.error ?? meta?.failureError;
    // One line for each job that was done is of no use to an operator.
    const to = level === "warning" ? "warn" : level === "info" ? "debug" : level;
    own[to](error === undefined ? {} : { err: error }, message);
  });
}
