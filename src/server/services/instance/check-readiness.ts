import { setTimeout as sleep } from "node:timers/promises";
import type { ServiceContext } from "@/server/context";
import { isWorkerRunning } from "@/server/services/worker/heartbeat";

export type Readiness = {
  ready: boolean;
  database: boolean;
  listening: boolean;
  /** Whether a worker was heard of lately. Without one this process answers all the same; what people ask for waits. */
  worker: boolean;
};

/** Whether this process can do its work: PostgreSQL answers and hints arrive. Never takes longer than `limitMs`. */
export async function checkReadiness(
  context: Pick<ServiceContext, "db">,
  listening: Promise<void>,
  limitMs: number,
): Promise<Readiness> {
  const late = new AbortController();
  const limit = sleep(limitMs, null, { signal: late.signal }).catch(() => null);
  const within = <T>(work: Promise<T>): Promise<T | null> => Promise.race([work.catch(() => null), limit]);
  const [worker, heard] = await Promise.all([within(isWorkerRunning(context)), within(listening.then(() => true))]);
  late.abort();
  const database = worker !== null;
  return { ready: database && heard === true, database, listening: heard === true, worker: worker === true };
}
