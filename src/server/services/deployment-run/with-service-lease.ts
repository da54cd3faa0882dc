import type { WorkerContext } from "@/server/context";
import { serviceLeaseKey } from "@/server/services/lease/lease";
import { type Lease, withLease } from "@/server/services/lease/with-lease";
import { enqueueRun } from "./enqueue-run";

/**
 * Works on a service while nobody else does. A deployment that was turned away meanwhile is brought back afterwards,
 * unless the work itself says that it waits.
 */
export async function withServiceLease<T>(
  context: WorkerContext,
  serviceId: string,
  signal: AbortSignal,
  work: (lease: Lease) => Promise<T>,
): Promise<{ held: true; result: T } | { held: false }> {
  const done = await withLease(context, serviceLeaseKey(serviceId), signal, work);
  if (done.held && done.result !== "yielded") await enqueueRun(context.db, serviceId);
  return done;
}
