/** What a switch did to the requests around it: the old release's and the new one's, side by side. Pure. */
import { addCounts, bucketMs, bucketStart, type TrafficBucket, type TrafficCounts } from "./bucket";
import type { Coverage, Gap } from "./coverage";
import { type Quantile, quantile } from "./latency";

/** Five minutes before the switch and five after: the ten minutes around it. */
export const countedBeforeMs = 5 * 60_000;
export const countedAfterMs = 5 * 60_000;

/** What a release was asked, and how it did. */
export type TrafficSide = {
  requests: number;
  failed: number;
  /** Of the failed, those that the application did not answer; null where the router cannot tell. */
  unanswered: number | null;
  /** Requests whose clients went away before they were answered. */
  abandoned: number;
  /** Null where nothing was asked. */
  p50: Quantile | null;
  p95: Quantile | null;
};

export type TrafficReceipt = {
  /** ISO 8601; `until` is earlier than planned where the release was replaced again. */
  from: string;
  switchedAt: string;
  until: string;
  /** Null where the switch replaced nothing. */
  before: TrafficSide | null;
  after: TrafficSide;
  /** Every request of the whole span is in the numbers. */
  complete: boolean;
  /** The span is not over yet, or not all of it was read. */
  ongoing: boolean;
  /** What is in nobody's numbers. */
  gaps: Gap[];
};

export type SwitchSpan = { from: Date; switchedAt: Date; until: Date };

/** Backends whose buckets tell of a release; the placeholder of a service is the old release's, then the new one's. */
export type SwitchBackends = { before: string | null; after: string; placeholder: string };

export function makeTrafficReceipt(
  span: SwitchSpan,
  backends: SwitchBackends,
  buckets: readonly TrafficBucket[],
  coverage: Coverage,
): TrafficReceipt {
  const { before, after } = splitAtSwitch(span, backends, buckets);
  const ongoing = coverage.countedUntil === null || coverage.countedUntil < span.until;
  return {
    from: span.from.toISOString(),
    switchedAt: span.switchedAt.toISOString(),
    until: span.until.toISOString(),
    before: backends.before === null ? null : toSide(addCounts(before)),
    after: toSide(addCounts(after)),
    complete: !ongoing && coverage.gaps.length === 0,
    ongoing,
    gaps: coverage.gaps,
  };
}

/**
 * Buckets of the old release: those within the span, since some of what was under way at the switch is answered after it;
 * but not the last one, which the span ends in, where it may be what the next switch went back to. Of the new one: from the
 * bucket of the switch on; one that is gone back to has earlier ones, which are not this switch's.
 */
export function splitAtSwitch(
  span: SwitchSpan,
  backends: SwitchBackends,
  buckets: readonly TrafficBucket[],
): { before: TrafficBucket[]; after: TrafficBucket[] } {
  const first = bucketStart(span.from);
  const switched = bucketStart(span.switchedAt);
  const within = buckets.filter(({ startsAt }) => startsAt >= first && startsAt < span.until);
  const isOfOld = ({ backend, startsAt }: TrafficBucket) => {
    if (startsAt < switched) return backend === backends.before || backend === backends.placeholder;
    const isWhole = startsAt <= switched || startsAt.getTime() + bucketMs <= span.until.getTime();
    return isWhole && backend === backends.before && backend !== backends.after;
  };
  const isOfNew = ({ backend, startsAt }: TrafficBucket) =>
    startsAt >= switched && (backend === backends.after || backend === backends.placeholder);
  return { before: within.filter(isOfOld), after: within.filter(isOfNew) };
}

export function toSide(counts: TrafficCounts): TrafficSide {
  const { requests, failed, unanswered, abandoned, latency } = counts;
  return { requests, failed, unanswered, abandoned, p50: quantile(latency, 0.5), p95: quantile(latency, 0.95) };
}
