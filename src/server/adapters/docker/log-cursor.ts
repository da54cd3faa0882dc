/**
 * Where a reader of a container's log stands. The Engine can only answer "since this time", and its times are neither
 * unique nor strictly rising (the two streams are stamped by two goroutines). So a cursor names a moment a little
 * before the newest line read, and how many lines since that moment were read: asking again from that moment and
 * skipping as many loses and repeats nothing. It names the newest time read, too: a later line that comes while some
 * are still to be skipped shows that those are gone.
 */

/** Longer than two streams can be stamped out of order; also the step in which the moment moves on. */
const overlapNs = 50_000_000n;

export class LogCursor {
  /** Times (ns since epoch) of the lines read from `#from` on. */
  #recent: bigint[] = [];
  #from: bigint;
  #skip: number;
  #newest: bigint;
  #mayLack = false;
  readonly #start: bigint;
  readonly #read: number;

  /** Throws RangeError for a text that no LogCursor wrote. */
  constructor(text: string | null) {
    const [, from, read, newest] = text === null ? ["", "0", "0", "0"] : (/^(\d+)\+(\d+)@(\d+)$/.exec(text) ?? []);
    if (from === undefined || read === undefined || newest === undefined) {
      throw new RangeError(`not a log cursor: ${text}`);
    }
    this.#start = this.#from = BigInt(from);
    this.#read = this.#skip = Number(read);
    this.#newest = BigInt(newest);
  }

  /** For the Engine's `since`: seconds and nanoseconds. */
  get since(): string {
    return `${this.#start / 1_000_000_000n}.${String(this.#start % 1_000_000_000n).padStart(9, "0")}`;
  }

  /** Whether the Engine no longer had any of the lines that were read last: those after them may be gone as well. */
  get mayLack(): boolean {
    return this.#mayLack;
  }

  /** Takes the time of the next line (ns since epoch). Returns the cursor after it, or null for a line that was read before. */
  advance(at: bigint): string | null {
    if (at < this.#start) return null;
    if (this.#skip > 0 && at > this.#newest) {
      this.#mayLack = this.#skip === this.#read;
      this.#skip = 0;
    }
    this.#remember(at);
    if (this.#skip > 0) {
      this.#skip -= 1;
      return null;
    }
    return `${this.#from}+${this.#recent.length}@${this.#newest}`;
  }

  #remember(at: bigint): void {
    if (at > this.#newest) this.#newest = at;
    if (at >= this.#from) this.#recent.push(at);
    const from = (at / overlapNs - 1n) * overlapNs;
    if (from <= this.#from) return;
    this.#from = from;
    this.#recent = this.#recent.filter((time) => time >= from);
  }
}
