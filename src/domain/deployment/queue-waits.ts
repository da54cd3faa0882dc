/**
 * Why a deployment waited. "worker": nobody had looked at it yet. "deployment": another one of its service was under way.
 * "slots": others held all build slots of the worker that looked.
 */
export type WaitReason = "worker" | "deployment" | "slots";

/** From `at` on (ISO 8601) it waited for this; `deploymentIds`: those that were in its way. */
export type WaitMark = { at: string; reason: WaitReason; deploymentIds: string[] };

export type QueueWait = { reason: WaitReason; ms: number; deploymentIds: string[] };

/** Every millisecond of the time in the queue, by reason and in order. `until`: its end, or now. */
export function queueWaits(since: Date, until: Date, marks: readonly WaitMark[]): QueueWait[] {
  const first: WaitMark = { at: since.toISOString(), reason: "worker", deploymentIds: [] };
  const all = [first, ...marks];
  return all.flatMap(({ at, reason, deploymentIds }, index) => {
    const end = all[index + 1]?.at;
    const ms = (end === undefined ? until.getTime() : Date.parse(end)) - Date.parse(at);
    return ms > 0 ? [{ reason, ms, deploymentIds }] : [];
  });
}
