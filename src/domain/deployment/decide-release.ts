/** The part of the state machine that brings an image to traffic: releasing, verifying, routing. */
import { AppError } from "@/domain/errors";
import type { Decision, FrozenDeployment, Observed, ReplicaSight, ReplicaState, Sight } from "./decision";
import { limitInWords } from "./limits";
import { noHealthcheckError, replicaEndedError, replicaUnhealthyError } from "./replica-error";

type Of<S extends Sight["status"]> = Extract<Sight, { status: S }>;

const shortestWaitMs = 20;
const longestWaitMs = 500;

export function decideReleasing(
  { limits }: FrozenDeployment,
  sight: Of<"releasing">,
  startedSince: Date,
  leftMs: number,
): Decision {
  if (!sight.imagePresent) return { type: "fail", error: new AppError("image_gone").toRecord() };
  const toStart = sight.replicas.filter((replica) => needsStart(replica.state, startedSince));
  if (toStart.length === 0) return { type: "advance", to: "verifying", outcome: "done", note: null, skipped: [] };
  if (leftMs <= 0) {
    const message = `The containers were not started within ${limitInWords(limits, "releaseMs")}.`;
    const details = { containers: toStart.map(({ name }) => name) };
    return { type: "fail", error: new AppError("release_timeout", { message, details }).toRecord() };
  }
  return { type: "do", step: "start", limitMs: leftMs };
}

/** One that ended after we asked for it was started already: verifying says why it ended. One from before is started. */
function needsStart(state: ReplicaState | null, startedSince: Date): boolean {
  if (!state || state.status === "created") return true;
  if (state.status !== "exited" && state.status !== "dead") return false;
  return state.finishedAt === null || state.finishedAt < startedSince;
}

export function decideVerifying(
  frozen: FrozenDeployment,
  sight: Of<"verifying">,
  times: Pick<Observed, "since" | "startedSince">,
  leftMs: number,
  now: Date,
): Decision {
  const ended = sight.replicas.find((replica) => hasEnded(replica.state, times.startedSince));
  if (ended) return { type: "fail", error: replicaEndedError(frozen, ended) };
  if (leftMs > 0 && sight.replicas.some((replica) => needsStart(replica.state, times.startedSince))) {
    return { type: "do", step: "start", limitMs: leftMs };
  }
  const { check, threshold, intervalMs } = frozen.health;
  if (check.type === "image" && sight.replicas.some(({ state }) => state?.status === "running" && !state.health)) {
    return { type: "fail", error: noHealthcheckError() };
  }
  const unhealthy = sight.replicas.filter((replica) => !replica.probe?.ok || replica.successes < threshold);
  const [first] = unhealthy.sort((a, b) => a.successes - b.successes);
  if (!first) return { type: "advance", to: "routing", outcome: "done", note: null, skipped: [] };
  if (leftMs <= 0) return { type: "fail", error: replicaUnhealthyError(frozen, sight.port, first) };
  const soon = healthWaitMs(now.getTime() - times.since.getTime());
  // Between good answers of those that are not there yet nothing is to be learnt before the interval is over.
  const ms = first.probe?.ok ? Math.min(intervalMs, longestWaitMs) : soon;
  return { type: "wait", ms: Math.min(ms, leftMs), why: "The application is not healthy yet." };
}

/** Often at first, since most applications are up in a moment, then less and less often. Elapsed time and result in ms. */
export function healthWaitMs(elapsedMs: number): number {
  return Math.round(Math.min(longestWaitMs, Math.max(shortestWaitMs, elapsedMs / 5)));
}

/** Ended, or brought back by the Engine since we asked for it: an application that stays up does neither. */
function hasEnded(state: ReplicaState | null, startedSince: Date): boolean {
  if (!state || needsStart(state, startedSince)) return false;
  if (state.status === "exited" || state.status === "dead" || state.status === "restarting") return true;
  return state.restartCount > 0 && state.startedAt !== null && state.startedAt >= startedSince;
}

export function decideRouting(frozen: FrozenDeployment, sight: Of<"routing">, leftMs: number): Decision {
  if (sight.confirmed) return { type: "advance", to: "live", outcome: "done", note: null, skipped: [] };
  const down = sight.replicas.find((replica: ReplicaSight) => replica.state?.endpoint == null);
  if (down) return { type: "fail", error: replicaEndedError(frozen, down) };
  if (leftMs <= 0) {
    const message = `Traffic was not switched within ${limitInWords(frozen.limits, "releaseMs")}.`;
    return { type: "fail", error: new AppError("route_not_applied", { message }).toRecord() };
  }
  return { type: "do", step: "publish", limitMs: leftMs };
}
