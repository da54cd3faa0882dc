/**
 * When a stream of a container's log can no longer be believed. The Engine reads its files and then goes on following
 * the newest one; when that is rotated twice before it has read it to the end, or while it reads, an Engine (seen with
 * 20.10) leaves out a file or gives one twice, and does not say so. Opened anew, it reads all its files in order. So a
 * stream is left as soon as it may be a good part of a file behind the writer, or gives a time that it has given before.
 */
import type { LogFrame } from "./log-frames";

/** A quarter of a file (container-body.ts). */
const mostBehindBytes = 8 * 2 ** 20;
/** What the Engine's file holds of a line beside its text. */
const lineOverheadBytes = 80;
const bucketMs = 100;

export class LogTrust {
  readonly #openedAtMs: number;
  readonly #clocks: ClockDistance;
  readonly #last = { stdout: 0n, stderr: 0n };
  /** How much was printed in a tenth of a second, the one before and this one. */
  #bucket = 0;
  #bytes: [before: number, now: number] = [0, 0];

  /** `clocks` is shared by all streams of one reader. */
  constructor(openedAtMs: number, clocks: ClockDistance) {
    this.#openedAtMs = openedAtMs;
    this.#clocks = clocks;
  }

  /** Whether the line is the next one for sure. */
  holds({ stream, at, text }: LogFrame, nowMs: number): boolean {
    // One goroutine stamps a stream, so its times only rise.
    if (at < this.#last[stream]) return false;
    this.#last[stream] = at;
    const printedAtMs = Number(at / 1_000_000n);
    const bytesPerMs = this.#measure(printedAtMs, text.length + lineOverheadBytes);
    const lagMs = this.#clocks.take(nowMs - printedAtMs);
    // What was printed before the stream was opened is read from the files.
    return printedAtMs <= this.#openedAtMs || lagMs * bytesPerMs <= mostBehindBytes;
  }

  #measure(printedAtMs: number, bytes: number): number {
    const bucket = Math.floor(printedAtMs / bucketMs);
    if (bucket !== this.#bucket) this.#bytes = [bucket === this.#bucket + 1 ? this.#bytes[1] : 0, 0];
    this.#bucket = bucket;
    this.#bytes[1] += bytes;
    return Math.max(...this.#bytes) / bucketMs;
  }
}

/**
 * The Engine's clock may be another machine's. One that goes ahead is seen by lines from the future; one that is behind
 * makes every line look late, and streams of what prints much are opened anew more often than they need.
 */
export class ClockDistance {
  #aheadMs = 0;

  /** Takes how long ago by our clock a line was printed; returns the lag in ms. */
  take(agoMs: number): number {
    this.#aheadMs = Math.max(this.#aheadMs, -agoMs);
    return agoMs + this.#aheadMs;
  }
}
