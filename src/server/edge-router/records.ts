/**
 * The router's own record of what each backend answered, by buckets of ten seconds, in memory and of bounded size. Whoever
 * reads it learns from when on it is complete: a restart begins anew, and where too much is counted the oldest goes first.
 */
import { bucketMs, bucketStart, type TrafficBucket } from "@/domain/traffic/bucket";
import { latencyBinOf, latencyBoundsMs, latencyOf } from "@/domain/traffic/latency";

export type RecordsReading = {
  /** Names this run of the router. */
  countedBy: string;
  startedAt: Date;
  countedSince: Date;
  readAt: Date;
  buckets: TrafficBucket[];
};

/** How a request ended, as far as the record asks. */
export type Outcome = "answered" | "unanswered" | "abandoned";

type Counts = { requests: number; failed: number; unanswered: number; abandoned: number; latencyBins: Uint32Array };

/** Ten minutes around a switch, and time for a worker that was away for a while. */
const keptMs = 20 * 60_000;
/** Some 850 bytes each, 33 MiB together. A backend that nobody asks anything has none. */
const mostBuckets = 40_000;

export class Records {
  /** By start, ascending; each holds the backends that were asked something in it. */
  readonly #buckets = new Map<number, Map<string, Counts>>();
  readonly #now: () => number;
  readonly #limit: number;
  readonly #startedAt: number;
  #countedSince: number;
  #size = 0;

  /** `now`: milliseconds since 1970. */
  constructor(now: () => number = Date.now, limit = mostBuckets) {
    this.#now = now;
    this.#limit = limit;
    this.#startedAt = now();
    this.#countedSince = this.#startedAt;
  }

  /** `durationMs`: until the answer began or the client went. `status`: of an answer. */
  add(backend: string, outcome: Outcome, durationMs: number, status = 0): void {
    const counts = this.#current(backend);
    const bin = latencyBinOf(durationMs);
    counts.requests += 1;
    counts.latencyBins[bin] = (counts.latencyBins[bin] ?? 0) + 1;
    if (outcome === "abandoned") counts.abandoned += 1;
    if (outcome === "unanswered") counts.unanswered += 1;
    if (outcome === "unanswered" || (outcome === "answered" && status >= 500)) counts.failed += 1;
  }

  /** An answer that had begun, and was counted, broke off: the application ended, or its connection. */
  broke(backend: string): void {
    const counts = this.#current(backend);
    counts.failed += 1;
    counts.unanswered += 1;
  }

  read(backends: ReadonlySet<string>, since: Date): RecordsReading {
    this.#dropOld();
    const buckets = [...this.#buckets].flatMap(([startsAt, byBackend]) =>
      startsAt + bucketMs <= since.getTime() ? [] : chosen(byBackend, backends, startsAt),
    );
    return {
      countedBy: new Date(this.#startedAt).toISOString(),
      startedAt: new Date(this.#startedAt),
      countedSince: new Date(this.#countedSince),
      readAt: new Date(this.#now()),
      buckets,
    };
  }

  #current(backend: string): Counts {
    const startsAt = bucketStart(new Date(this.#now())).getTime();
    let byBackend = this.#buckets.get(startsAt);
    if (byBackend === undefined) {
      this.#dropOld();
      byBackend = new Map();
      this.#buckets.set(startsAt, byBackend);
    }
    let counts = byBackend.get(backend);
    if (counts === undefined) {
      const latencyBins = new Uint32Array(latencyBoundsMs.length);
      counts = { requests: 0, failed: 0, unanswered: 0, abandoned: 0, latencyBins };
      byBackend.set(backend, counts);
      this.#size += 1;
    }
    return counts;
  }

  /** What was kept long enough goes, and the oldest where there is too much. */
  #dropOld(): void {
    const oldest = this.#now() - keptMs;
    for (const [startsAt, byBackend] of this.#buckets) {
      if (startsAt >= oldest && this.#size <= this.#limit) return;
      this.#buckets.delete(startsAt);
      this.#size -= byBackend.size;
      this.#countedSince = Math.max(this.#countedSince, startsAt + bucketMs);
    }
  }
}

function chosen(
  byBackend: ReadonlyMap<string, Counts>,
  backends: ReadonlySet<string>,
  startsAt: number,
): TrafficBucket[] {
  // Those asked for are few, those that were asked something may be thousands.
  return [...backends].flatMap((backend) => {
    const found = byBackend.get(backend);
    if (found === undefined) return [];
    const { latencyBins, ...counts } = found;
    return [{ backend, startsAt: new Date(startsAt), ...counts, latency: latencyOf(latencyBins) }];
  });
}
