/**
 * Makes buckets of Traefik's counts, which only ever grow: what was added between two readings is put into the ten seconds
 * of the second. So it has to be read now and then even when nobody asks, or there is no "before" when somebody does.
 */
import { addCounts, bucketStart, type TrafficBucket, type TrafficCounts } from "@/domain/traffic/bucket";
import type { LatencyBin } from "@/domain/traffic/latency";
import type { TrafficReading } from "@/server/ports";
import type { TraefikCounts } from "./traefik-metrics";

/** Seldom enough for a Traefik with thousands of routes, whose metrics are megabytes. */
const rereadWithinMs = 30_000;
const keptMs = 20 * 60_000;
/** Traefik's answer to a client that went away (499 as in nginx). */
const clientClosed = 499;
/** The last bin has no upper bound, and nobody waits longer than this. */
const openEndMs = 600_000;

type ByCode = Map<number, Map<number, number>>;

export class TraefikRecords {
  #last: TraefikCounts | null = null;
  #countedSince = new Date(0);
  #counts = false;
  #buckets: TrafficBucket[] = [];

  /** Takes over a reading. */
  take(counts: TraefikCounts, at: Date): void {
    if (this.#last?.startedAt !== counts.startedAt) this.#begin(counts, at);
    const last = this.#last ?? counts;
    for (const [backend, byCode] of counts.byBackend) {
      const added = difference(byCode, last.byBackend.get(backend));
      if (added.requests > 0) this.#buckets.push({ backend, startsAt: bucketStart(at), ...added });
    }
    // Without router labels there are no such counts at all: that is "cannot tell", not "nobody asked".
    this.#counts ||= counts.byBackend.size > 0;
    this.#last = counts;
    const oldest = at.getTime() - keptMs;
    this.#buckets = this.#buckets.filter(({ startsAt }) => startsAt.getTime() >= oldest);
    this.#countedSince = new Date(Math.max(this.#countedSince.getTime(), oldest));
  }

  /** Null where Traefik does not count. */
  read(backends: ReadonlySet<string>, since: Date, readAt: Date): TrafficReading | null {
    if (!this.#counts || this.#last === null) return null;
    const from = bucketStart(since);
    return {
      countedBy: `traefik ${this.#last.startedAt}`,
      startedAt: new Date(this.#last.startedAt),
      countedSince: this.#countedSince,
      readAt,
      buckets: merged(this.#buckets.filter((one) => backends.has(one.backend) && one.startsAt >= from)),
      rereadWithinMs,
    };
  }

  /** Of the first Traefik it is not known when it counted what; a later one counted everything since it began. */
  #begin(counts: TraefikCounts, at: Date): void {
    const isFirst = this.#last === null;
    this.#countedSince = isFirst ? at : new Date(counts.startedAt);
    this.#last = isFirst ? counts : { startedAt: counts.startedAt, byBackend: new Map() };
    this.#buckets = [];
  }
}

/** A count that went down is another one of the same name: Traefik forgets those of backends that are gone. */
function difference(now: ByCode, before: ByCode | undefined): TrafficCounts {
  const bins = new Map<number, number>();
  let [requests, failed, abandoned] = [0, 0, 0];
  for (const [code, byBound] of now) {
    const former = before?.get(code);
    const isNew = (byBound.get(Number.POSITIVE_INFINITY) ?? 0) < (former?.get(Number.POSITIVE_INFINITY) ?? 0);
    const added = (toMs: number) => (byBound.get(toMs) ?? 0) - (isNew ? 0 : (former?.get(toMs) ?? 0));
    const all = added(Number.POSITIVE_INFINITY);
    requests += all;
    if (code >= 500) failed += all;
    if (code === clientClosed) abandoned += all;
    for (const toMs of byBound.keys()) bins.set(toMs, (bins.get(toMs) ?? 0) + added(toMs));
  }
  return { requests, failed, unanswered: null, abandoned, latency: binsOf(bins) };
}

/** Prometheus counts what is at most as long as a bound; bins count what lies between two. */
function binsOf(cumulative: Map<number, number>): LatencyBin[] {
  let [fromMs, below] = [0, 0];
  return [...cumulative]
    .sort(([a], [b]) => a - b)
    .flatMap(([toMs, count]): LatencyBin[] => {
      const bin: LatencyBin = [fromMs, Math.min(toMs, openEndMs), count - below];
      [fromMs, below] = [toMs, count];
      return bin[2] > 0 ? [bin] : [];
    });
}

/** Two readings within the same ten seconds are one bucket. */
function merged(buckets: TrafficBucket[]): TrafficBucket[] {
  const byKey = Map.groupBy(buckets, ({ backend, startsAt }) => `${backend} ${startsAt.getTime()}`);
  return [...byKey.values()].flatMap(([first, ...others]) => (first ? [others.reduce(addBuckets, first)] : []));
}

function addBuckets(a: TrafficBucket, b: TrafficBucket): TrafficBucket {
  return { ...a, ...addCounts([a, b]) };
}
