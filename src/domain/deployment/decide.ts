/**
 * The state machine of a deployment: what to do next, given what was frozen, what is seen, and the time. It is pure, so
 * that every case can be written down as a test, and a worker that takes over decides as the one before would have.
 */

import type { ErrorRecord } from "@/domain/errors";
import { decideBuilding, decideFetching, decideQueued } from "./decide-build";
import { decideReleasing, decideRouting, decideVerifying } from "./decide-release";
import type { Decision, FrozenDeployment, Observed, RunningStatus } from "./decision";
import { limitInWords } from "./limits";
import { retryDelayMs } from "./retry";
import { isCancellable, mayFollow } from "./status";

export function decide(frozen: FrozenDeployment, status: RunningStatus, observed: Observed, now: Date): Decision {
  if (observed.verdict) return { type: "fail", error: observed.verdict };
  if (observed.cancelRequested && isCancellable(status)) {
    return { type: "end", status: "cancelled", supersededById: null };
  }
  if (observed.newerId !== null && mayFollow(status, "superseded")) {
    return { type: "end", status: "superseded", supersededById: observed.newerId };
  }
  const deadline = observed.since.getTime() + phaseLimitMs(frozen, status);
  return decideFailure(frozen, observed, deadline, now) ?? decideSight(frozen, observed, deadline, now);
}

/** After a failure: try again a little later where that can help and there is time left, else give up. */
function decideFailure(frozen: FrozenDeployment, observed: Observed, deadline: number, now: Date): Decision | null {
  if (!observed.failure) return null;
  const { error, attempts, at, since } = observed.failure;
  const delayMs = retryDelayMs(error.code, attempts);
  const isEngine = error.code === "engine_unavailable";
  const giveUpAt = isEngine ? Math.min(deadline, since.getTime() + frozen.limits.engineMs) : deadline;
  if (delayMs === null || at.getTime() + delayMs >= giveUpAt) {
    return { type: "fail", error: isEngine && giveUpAt < deadline ? engineGoneError(frozen, error) : error };
  }
  const ms = at.getTime() + delayMs - now.getTime();
  if (ms > 0) return { type: "wait", ms, why: error.message };
  return observed.sight ? null : { type: "wait", ms: delayMs, why: error.message };
}

function engineGoneError(frozen: FrozenDeployment, error: ErrorRecord): ErrorRecord {
  return { ...error, message: `The Docker Engine did not answer for ${limitInWords(frozen.limits, "engineMs")}.` };
}

function decideSight(frozen: FrozenDeployment, observed: Observed, deadline: number, now: Date): Decision {
  const { sight } = observed;
  const leftMs = deadline - now.getTime();
  switch (sight?.status) {
    case undefined:
      return { type: "wait", ms: 0, why: "Nothing was seen yet." };
    case "queued":
      return decideQueued(frozen, sight);
    case "fetching":
      return decideFetching(frozen, sight, leftMs);
    case "building":
      return decideBuilding(frozen, sight, leftMs);
    case "releasing":
      return decideReleasing(frozen, sight, observed.startedSince, leftMs);
    case "verifying":
      return decideVerifying(frozen, sight, observed, leftMs, now);
    case "routing":
      return decideRouting(frozen, sight, leftMs);
  }
}

/** How long a phase may take, in ms. Waiting in the queue has no limit. */
export function phaseLimitMs(frozen: FrozenDeployment, status: RunningStatus): number {
  switch (status) {
    case "queued":
      return Number.POSITIVE_INFINITY;
    case "fetching":
      // A prebuilt image is pulled in this phase, which takes as long as a build may.
      return frozen.source === "image" ? frozen.limits.buildMs : frozen.limits.fetchMs;
    case "building":
      return frozen.limits.buildMs;
    case "releasing":
    case "routing":
      return frozen.limits.releaseMs;
    case "verifying":
      return frozen.limits.healthMs;
  }
}
