/**
 * The guard's judgement of a release after its switch, by what the router counted and how often its replicas were
 * restarted. Pure: the same numbers give the same verdict, on whichever worker.
 */
import { addCounts, bucketMs, type TrafficBucket, type TrafficCounts } from "@/domain/traffic/bucket";
import { type Quantile, quantile } from "@/domain/traffic/latency";
import type { GuardSettings } from "./guard-settings";

export type GuardCause = "errors" | "latency" | "crash_loop";

/** How a watch ended. `at`: ISO 8601. */
export type GuardVerdict =
  /** Nothing was found in the whole window. `compared`: enough requests were counted to compare the two. */
  | { type: "passed"; at: string; compared: boolean }
  /** `reason`: what was measured against what, in one sentence. */
  | { type: "tripped"; at: string; cause: GuardCause; reason: string; deploymentId: string | null }
  /** Another deployment, or a stop, came first. */
  | { type: "ended"; at: string };

export type Judgement = { type: "fine"; compared: boolean } | { type: "bad"; cause: GuardCause; reason: string };

export type SwitchEvidence = {
  before: readonly TrafficBucket[];
  after: readonly TrafficBucket[];
  /** Restarts since the switch of the replica with the most of them. */
  restarts: number;
  /** Seconds since the switch. */
  sinceSeconds: number;
};

/** A single bad moment is no reason to go back: what is judged spans at least so much. */
const shortestSpanMs = 2 * bucketMs;
/** Below this many, failures are chance, whatever their share. */
const fewestFailures = 5;

export function judgeSwitch(settings: GuardSettings, evidence: SwitchEvidence): Judgement {
  const { restarts, sinceSeconds } = evidence;
  if (settings.maxRestarts !== null && restarts >= settings.maxRestarts) {
    const reason = `A replica was restarted ${restarts} times within ${sinceSeconds} s after it went live.`;
    return { type: "bad", cause: "crash_loop", reason };
  }
  const before = addCounts(evidence.before);
  if (before.requests < settings.minRequests) return { type: "fine", compared: false };
  const spans = [addedUp(evidence.after), newest(evidence.after, settings.minRequests)].filter(
    (span) => span !== null && span.requests >= settings.minRequests,
  );
  for (const after of spans) {
    if (after === null) continue;
    const bad = judgeErrors(settings, before, after) ?? judgeLatency(settings, before, after);
    if (bad) return bad;
  }
  return { type: "fine", compared: spans.length > 0 };
}

function judgeErrors(settings: GuardSettings, before: TrafficCounts, after: TrafficCounts): Judgement | null {
  const { maxErrorRateIncrease } = settings;
  if (maxErrorRateIncrease === null || after.failed < fewestFailures) return null;
  const increase = errorRate(after) - errorRate(before);
  if (increase <= maxErrorRateIncrease) return null;
  const reason =
    `${after.failed} of ${after.requests} requests failed (${percent(errorRate(after))}); before the switch it was ` +
    `${before.failed} of ${before.requests} (${percent(errorRate(before))}). ` +
    `Allowed is ${percent(maxErrorRateIncrease)} more.`;
  return { type: "bad", cause: "errors", reason };
}

/** By the bounds of the two bins, so that what only the width of a bin makes larger is not taken for slower. */
function judgeLatency(settings: GuardSettings, before: TrafficCounts, after: TrafficCounts): Judgement | null {
  const { maxP95Factor } = settings;
  const [former, now] = [quantile(before.latency, 0.95), quantile(after.latency, 0.95)];
  if (maxP95Factor === null || former === null || now === null) return null;
  if (now.fromMs <= former.toMs * maxP95Factor) return null;
  const reason =
    `95 of 100 requests were answered within ${milliseconds(now)}; before the switch it was ${milliseconds(former)}. ` +
    `Allowed is ${maxP95Factor} times that.`;
  return { type: "bad", cause: "latency", reason };
}

/** All of them, where they span enough. */
function addedUp(buckets: readonly TrafficBucket[]): TrafficCounts | null {
  const starts = buckets.map(({ startsAt }) => startsAt.getTime());
  if (starts.length === 0 || Math.max(...starts) + bucketMs - Math.min(...starts) < shortestSpanMs) return null;
  return addCounts(buckets);
}

/** The newest that together are enough to judge: what begins to fail late is not hidden by what went well before. */
function newest(buckets: readonly TrafficBucket[], minRequests: number): TrafficCounts | null {
  const sorted = [...buckets].sort((a, b) => b.startsAt.getTime() - a.startsAt.getTime());
  for (let count = 1; count <= sorted.length; count += 1) {
    const span = addedUp(sorted.slice(0, count));
    if (span !== null && span.requests >= minRequests) return span;
  }
  return null;
}

function errorRate({ requests, failed }: TrafficCounts): number {
  return requests === 0 ? 0 : Math.min(1, failed / requests);
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

function milliseconds({ ms }: Quantile): string {
  return `${Number(ms.toPrecision(3))} ms`;
}
