import { buildQueue } from "@/domain/deployment/build-queue";
import type { WorkerContext } from "@/server/context";
import { loadUnfinished } from "@/server/services/build-queue/load-unfinished";
import { runService } from "./run-service";
import { turnAway } from "./turn-away";

/**
 * Gives a free build slot of this worker to whose turn it is, of all that wait in the instance, and works on that
 * service. "none": nothing waits that nobody works on. "full": something does, but this worker has no slot left. One that
 * cannot even be begun is passed over, so that it holds up no others; where nothing else waits, its error is thrown.
 */
export async function takeBuildTurn(context: WorkerContext, signal: AbortSignal): Promise<"ran" | "none" | "full"> {
  const { waiting } = buildQueue(await loadUnfinished(context.db));
  let failure: { error: unknown } | null = null;
  for (const { serviceId, isHeld } of waiting) {
    if (isHeld) continue;
    if (signal.aborted) return "none";
    const slot = context.buildSlots.tryAcquire();
    if (!slot) return "full";
    try {
      const done = await runService(context, serviceId, slot, signal);
      if (done === "yielded") await turnAway(context, serviceId);
      if (done !== "busy") return "ran";
    } catch (error) {
      context.log.error({ err: error, serviceId }, "a deployment could not be worked on; others go on");
      failure = { error };
    } finally {
      slot.release();
    }
  }
  if (failure) throw failure.error;
  return "none";
}
