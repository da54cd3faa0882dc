import { buildQueue } from "@/domain/deployment/build-queue";
import type { WorkerContext } from "@/server/context";
import { notify } from "@/server/events";
import { loadUnfinished } from "@/server/services/build-queue/load-unfinished";
import { recordWait } from "@/server/services/build-queue/record-wait";
import { enqueueRun } from "./enqueue-run";

/**
 * The next deployment of a service needs a build slot that it did not get. Where this worker has one by now it takes part
 * in the choice at once; else what it waits for is written down, and the workers that have a free one are called.
 */
export async function turnAway(context: WorkerContext, serviceId: string): Promise<void> {
  const { db, buildSlots } = context;
  if (buildSlots.free > 0) return enqueueRun(db, serviceId);
  const { building, waiting } = buildQueue(await loadUnfinished(db));
  const one = waiting.find((each) => each.serviceId === serviceId);
  if (!one || one.isHeld) return enqueueRun(db, serviceId);
  // One that has just been given a slot is still queued.
  const holders = [...building, ...waiting.filter(({ isHeld }) => isHeld)];
  const holderIds = holders.map(({ id }) => id);
  await recordWait(context, one, "slots", holderIds);
  await notify(db, { type: "slot-wanted" });
  // One that was given back in between found this one's service still held.
  if (buildSlots.free > 0) await enqueueRun(db, serviceId);
}
