import type { WorkerContext } from "@/server/context";
import type { JobName, JobPayload } from "@/server/jobs/catalog";

/** Stateless: it may run twice, and on any worker. `signal` aborts at the job's timeout and when the worker stops. */
export type Handler<N extends JobName> = (
  context: WorkerContext,
  payload: JobPayload<N>,
  signal: AbortSignal,
) => Promise<void>;
