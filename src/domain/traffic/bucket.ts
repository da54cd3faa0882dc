import { addLatencies, type Latency } from "./latency";

/** Buckets begin at whole multiples of this since 1970, whoever counts. */
export const bucketMs = 10_000;

/** What was counted of one backend in ten seconds. */
export type TrafficCounts = {
  /** Requests that were answered, by the application or by the router in its place, or given up by their client. */
  requests: number;
  /** Of those, failed: an answer of 500 or above, or no whole answer. */
  failed: number;
  /** Of the failed ones, those that the application did not answer (whole); null where the router cannot tell. */
  unanswered: number | null;
  /** Requests whose client went away before the answer began; they count as requests, never as failed. */
  abandoned: number;
  /** Time until the answer began; of abandoned requests, until their client went. */
  latency: Latency;
};

/** `backend`: the name that the route carries (backendName, placeholderName in domain/naming). */
export type TrafficBucket = TrafficCounts & { backend: string; startsAt: Date };

export function bucketStart(at: Date): Date {
  return new Date(Math.floor(at.getTime() / bucketMs) * bucketMs);
}

/** All of them together; `unanswered` is known where every part knows it. */
export function addCounts(parts: readonly TrafficCounts[]): TrafficCounts {
  const sum = (of: (part: TrafficCounts) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    requests: sum((part) => part.requests),
    failed: sum((part) => part.failed),
    unanswered: parts.some((part) => part.unanswered === null) ? null : sum((part) => part.unanswered ?? 0),
    abandoned: sum((part) => part.abandoned),
    latency: addLatencies(parts.map((part) => part.latency)),
  };
}
