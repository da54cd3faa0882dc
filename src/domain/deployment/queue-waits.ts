/**
 * Why a deployment waited. "worker": nobody had looked at it yet. "deployment": another one of its service was under way.
 * "slots": others held all build slots of the worker that looked.
 */
export type WaitReason = "worker" | "deployment" | "slots";

/** From `at` on (ISO 8601) it waited for this; `deploymentIds`: those that were in its way. */
export type WaitMark = { at: string; reason: WaitReason; deploymentIds: string[] };

/** `ms` null: it still waits for this. */
export type QueueWait = { reason: WaitReason; since: Date; ms: number | null; deploymentIds: string[] };

/** Every millisecond of the time in the queue, by reason and in order. `until` null: it is still there. */
export function queueWaits(since: Date, until: Date | null, marks: readonly WaitMark[]): QueueWait[] {
  const first: WaitMark = { at: since.toISOString(), reason: "worker", deploymentIds: [] };
  const all = [first, ...marks];
  return all.flatMap(({ at, reason, deploymentIds }, index) => {
    const begin = new Date(at);
    const next = all[index + 1];
    const end = next ? new Date(next.at) : until;
    const ms = end && end.getTime() - begin.getTime();
    return ms === 0 ? [] : [{ reason, since: begin, ms, deploymentIds }];
  });
}
