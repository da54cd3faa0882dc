import { setTimeout as sleep } from "node:timers/promises";
import type { WorkerContext } from "@/server/context";
import { enqueueAbandoned, sweep } from "@/server/services/worker/sweep";

const afterFailureMs = 5_000;

/** Sweeps now, whenever a lease lapses, and at least every half minute; a slot that becomes free calls the next build. */
export async function keepSweeping(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const { log, buildSlots } = context;
  const failed = (error: unknown) => {
    log.warn({ err: error }, "looking for abandoned work failed; trying again");
    return afterFailureMs;
  };
  buildSlots.onFree(() => {
    if (!signal.aborted) enqueueAbandoned(context, buildSlots.free).catch(failed);
  });
  while (!signal.aborted) {
    const pauseMs = await sweep(context).catch(failed);
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
