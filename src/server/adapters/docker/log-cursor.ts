/**
 * Where a reader of a container's log stands. The Engine can only answer "since this time", and its times are neither
 * unique nor strictly rising (the two streams are stamped by two goroutines). So a cursor names a moment a little
 * before the newest line read, and how many lines since that moment were read: asking again from that moment and
 * skipping as many loses and repeats nothing.
 */

/** Longer than two streams can be stamped out of order; also the step in which the moment moves on. */
const overlapNs = 50_000_000n;

export class LogCursor {
  /** Times (ns since epoch) of the lines read from `#from` on. */
  #recent: bigint[] = [];
  #from: bigint;
  #skip: number;
  readonly #start: bigint;

  /** Throws RangeError for a text that no LogCursor wrote. */
  constructor(text: string | null) {
    const [, from, read] = text === null ? ["", "0", "0"] : (/^(\d+)\+(\d+)$/.exec(text) ?? []);
    if (from === undefined || read === undefined) throw new RangeError(`not a log cursor: ${text}`);
    this.#start = this.#from = BigInt(from);
    this.#skip = Number(read);
  }

  /** For the Engine's `since`: seconds and nanoseconds. */
  get since(): string {
    return `${this.#start / 1_000_000_000n}.${String(this.#start % 1_000_000_000n).padStart(9, "0")}`;
  }

  /** Takes the next line's RFC 3339 time. Returns the cursor after it, or null for a line that was read before. */
  advance(timestamp: string): string | null {
    const at = nanoseconds(timestamp);
    if (at < this.#start) return null;
    this.#remember(at);
    if (this.#skip > 0) {
      this.#skip -= 1;
      return null;
    }
    return `${this.#from}+${this.#recent.length}`;
  }

  #remember(at: bigint): void {
    if (at >= this.#from) this.#recent.push(at);
    const from = (at / overlapNs - 1n) * overlapNs;
    if (from <= this.#from) return;
    this.#from = from;
    this.#recent = this.#recent.filter((time) => time >= from);
  }
}

function nanoseconds(timestamp: string): bigint {
  const fraction = /\.(\d+)/.exec(timestamp)?.[1] ?? "";
  const seconds = BigInt(Math.floor(Date.parse(timestamp) / 1000));
  return seconds * 1_000_000_000n + BigInt(fraction.padEnd(9, "0").slice(0, 9));
}
