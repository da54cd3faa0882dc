/**
 * Keeps what one container prints. Lines and the Engine's cursor are written together, so a reader that takes over after
 * a crash neither misses nor repeats a line. Who reads faster than the database writes is made to wait.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { StoredLogLine } from "@/domain/log-line";
import { createLineCleaner, type LineCleaner } from "@/domain/log-text";
import type { Db } from "@/server/db/client";
import type { Logger } from "@/server/log";
import type { LogLine } from "@/server/ports";
import { appendLogLines, type LogSource } from "./append-log-lines";
import { trimLog } from "./trim-log";

const flushMs = 50;
const batchLines = 500;
const waitingLines = 2_000;
const retryMs = 500;

/** Somebody else wrote lines of this container: this reader is a late one. */
export class CursorMoved extends Error {
  override readonly name = "CursorMoved";
}

/** `isWhole`: nothing of the lines up to here is held back, so the cursor may be stored. */
type Entry = { lines: StoredLogLine[]; cursor: string; isWhole: boolean };

export class RuntimeLog {
  readonly #db: Db;
  readonly #source: LogSource;
  readonly #container: string;
  readonly #replica: number;
  readonly #log: Logger;
  readonly #cleaner: LineCleaner;
  readonly #signal: AbortSignal;
  #cursor: string | null;
  #entries: Entry[] = [];
  #flushing: Promise<void> | null = null;
  #failure: unknown = null;

  constructor(options: {
    db: Db;
    source: LogSource;
    container: string;
    replica: number;
    secrets: string[];
    cursor: string | null;
    log: Logger;
    signal: AbortSignal;
  }) {
    this.#db = options.db;
    this.#source = options.source;
    this.#container = options.container;
    this.#replica = options.replica;
    this.#cleaner = createLineCleaner(options.secrets);
    this.#cursor = options.cursor;
    this.#log = options.log;
    this.#signal = options.signal;
  }

  /** Resolves when the next line may come. Throws CursorMoved, or the signal's reason. */
  async take(line: LogLine, cursor: string): Promise<void> {
    const lines = this.#cleaner.take(line).map((one) => ({ ...one, r: this.#replica }));
    this.#entries.push({ lines, cursor, isWhole: !this.#cleaner.holds });
    this.#flushing ??= this.#flushSoon();
    while (this.#entries.length >= waitingLines && this.#flushing) await this.#flushing;
    if (this.#failure) throw this.#failure;
  }

  /** Writes what is left. Throws CursorMoved. */
  async close(at: Date): Promise<void> {
    const last = this.#entries.at(-1);
    if (last) {
      last.lines.push(...this.#cleaner.end(at).map((one) => ({ ...one, r: this.#replica })));
      last.isWhole = true;
      this.#flushing ??= this.#flushSoon();
    }
    await this.#flushing;
    if (this.#failure) throw this.#failure;
  }

  async #flushSoon(): Promise<void> {
    await sleep(flushMs);
    while (!this.#failure) {
      const count = this.#batchSize();
      if (count === 0) break;
      const batch = this.#entries.slice(0, count);
      if (await this.#write(batch)) this.#entries.splice(0, count);
    }
    this.#flushing = null;
  }

  /** How many entries go together: up to a whole one, or all there are where a held-back line goes on too long. */
  #batchSize(): number {
    const few = this.#entries.slice(0, batchLines);
    const whole = few.findLastIndex((entry) => entry.isWhole) + 1;
    return whole === 0 && few.length === batchLines ? batchLines : whole;
  }

  async #write(batch: Entry[]): Promise<boolean> {
    const to = batch.at(-1)?.cursor ?? "";
    const lines = batch.flatMap((entry) => entry.lines);
    try {
      this.#signal.throwIfAborted();
      const step = { container: this.#container, from: this.#cursor, to };
      const nextOffset = await appendLogLines(this.#db, this.#source, lines, step);
      if (nextOffset === null) throw new CursorMoved(`${this.#container} is read by another worker`);
      this.#cursor = to;
      await trimLog(this.#db, this.#source, nextOffset, lines.length);
      return true;
    } catch (error) {
      if (error instanceof CursorMoved || this.#signal.aborted) {
        this.#failure = error;
        return false;
      }
      this.#log.warn({ err: error, container: this.#container }, "log lines could not be written; trying again");
      await sleep(retryMs);
      return false;
    }
  }
}
