import { setTimeout as sleep } from "node:timers/promises";
import type { WorkerContext } from "@/server/context";
import { beat, beatEveryMs, stopBeating } from "@/server/services/worker/heartbeat";

/** Says every few seconds that this worker lives, and at the end that it went by itself. */
export async function keepBeating(context: WorkerContext, queueWorkers: string[], signal: AbortSignal): Promise<void> {
  const { db, holder, log, buildSlots } = context;
  while (!signal.aborted) {
    await beat(db, holder, { queueWorkers, buildSlots: buildSlots.size }).catch((error: unknown) => {
      log.warn({ err: error }, "the worker could not say that it lives; trying again");
    });
    await sleep(beatEveryMs, undefined, { signal }).catch(() => undefined);
  }
  await stopBeating(db, holder).catch(() => undefined);
}
