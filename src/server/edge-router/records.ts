/**
 * The router's own record of what each backend answered: counts by status class and a latency histogram, in memory
 * and of bounded size. Readers take differences between two readings; a restart begins at zero.
 */

/** Upper bounds of the histogram's buckets in milliseconds, cumulative as in Prometheus; the last one is open. */
export const latencyBoundsMs = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000] as const;

export type BackendRecord = {
  backend: string;
  /** Finished answers by status class; `upgraded` are those that became another protocol, `aborted` had no full answer. */
  answers: Record<"2xx" | "3xx" | "4xx" | "5xx" | "upgraded" | "aborted", number>;
  latency: { countByBound: number[]; count: number; sumMs: number };
};

export type Outcome = { status: number; durationMs: number } | "upgraded" | "aborted";

export class Records {
  readonly #records = new Map<string, BackendRecord>();
  readonly #limit: number;

  /** At most `limit` backends are kept; those that were first seen longest ago go first. */
  constructor(limit = 5_000) {
    this.#limit = limit;
  }

  add(backend: string, outcome: Outcome): void {
    const record = this.#records.get(backend) ?? this.#start(backend);
    if (typeof outcome === "string") {
      record.answers[outcome] += 1;
      return;
    }
    record.answers[classOf(outcome.status)] += 1;
    const { latency } = record;
    latency.count += 1;
    latency.sumMs += outcome.durationMs;
    const bucket = latencyBoundsMs.findIndex((bound) => outcome.durationMs <= bound);
    for (let index = bucket === -1 ? latencyBoundsMs.length : bucket; index < latencyBoundsMs.length; index += 1) {
      latency.countByBound[index] = (latency.countByBound[index] ?? 0) + 1;
    }
  }

  all(): BackendRecord[] {
    return [...this.#records.values()];
  }

  #start(backend: string): BackendRecord {
    const oldest = this.#records.keys().next();
    if (this.#records.size >= this.#limit && !oldest.done) this.#records.delete(oldest.value);
    const record: BackendRecord = {
      backend,
      answers: { "2xx": 0, "3xx": 0, "4xx": 0, "5xx": 0, upgraded: 0, aborted: 0 },
      latency: { countByBound: latencyBoundsMs.map(() => 0), count: 0, sumMs: 0 },
    };
    this.#records.set(backend, record);
    return record;
  }
}

function classOf(status: number): "2xx" | "3xx" | "4xx" | "5xx" {
  if (status < 300) return "2xx";
  if (status < 400) return "3xx";
  return status < 500 ? "4xx" : "5xx";
}
