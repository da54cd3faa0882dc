import { setTimeout as sleep } from "node:timers/promises";
import type { WorkerContext } from "@/server/context";
import { sweep } from "@/server/services/worker/sweep";

const afterFailureMs = 5_000;

/** Sweeps now, whenever a lease lapses, and at least every half minute. */
export async function keepSweeping(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const { log } = context;
  const failed = (error: unknown) => {
    log.warn({ err: error }, "looking for abandoned work failed; trying again");
    return afterFailureMs;
  };
  while (!signal.aborted) {
    const pauseMs = await sweep(context).catch(failed);
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
