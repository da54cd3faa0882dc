/**
 * Keeps what one container prints. Lines and the Engine's cursor are written together, so a reader that takes over after
 * a crash neither misses nor repeats a line. Who reads faster than the database writes is made to wait; what the service
 * prints faster than it may is dropped, and counted in the log itself.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { droppedNote } from "@/domain/log-budget";
import type { StoredLogLine } from "@/domain/log-line";
import type { LogRate } from "@/domain/log-rate";
import { createLineCleaner, type LineCleaner } from "@/domain/log-text";
import type { LogLine } from "@/server/ports";
import { appendLogLines, type LogSource } from "./append-log-lines";
import { pauseAfterMs } from "./batch-pause";
import { type LimitsContext, LogLimits } from "./log-limits";
import { type PendingBatch, PendingLines } from "./pending-lines";

const waitingLines = 2_000;
const waitingCharacters = 2 * 1024 * 1024;
const retryMs = 500;
const saidAfterMs = 1_000;

/** Somebody else wrote lines of this container: this reader is a late one. */
export class CursorMoved extends Error {
  override readonly name = "CursorMoved";
}

type Options = {
  source: LogSource;
  container: string;
  replica: number;
  secrets: string[];
  cursor: string | null;
  /** Shared by all replicas of the service. */
  rate: LogRate;
  signal: AbortSignal;
};

export class RuntimeLog {
  readonly #context: LimitsContext;
  readonly #options: Options;
  readonly #cleaner: LineCleaner;
  readonly #limits: LogLimits;
  readonly #pending = new PendingLines();
  #cursor: string | null;
  #last: { cursor: string; t: number } | null = null;
  #dropped = 0;
  #pauseMs = pauseAfterMs(0);
  #flushing: Promise<void> | null = null;
  #wake = new AbortController();
  #written = Promise.withResolvers<void>();
  #closing = false;
  #failure: unknown = null;

  constructor(context: LimitsContext, options: Options) {
    this.#context = context;
    this.#options = options;
    this.#cleaner = createLineCleaner(options.secrets);
    this.#limits = new LogLimits(context, options.source.serviceId);
    this.#cursor = options.cursor;
  }

  /** Resolves when the next line may come. Throws CursorMoved, or the signal's reason. */
  async take(line: LogLine, cursor: string): Promise<void> {
    this.#last = { cursor, t: line.at.getTime() };
    this.#keep(this.#cleaner.take(line));
    if (!this.#cleaner.holds) this.#pending.mark(cursor);
    this.#flushing ??= this.#flush();
    while (this.#isFull() && !this.#failure) {
      this.#wake.abort();
      await this.#written.promise;
    }
    if (this.#failure) throw this.#failure;
  }

  /** Writes what is left. Throws CursorMoved. */
  async close(at: Date): Promise<void> {
    this.#closing = true;
    this.#wake.abort();
    this.#keep(this.#cleaner.end(at));
    this.#sayDropped();
    if (this.#last && (this.#pending.lines > 0 || this.#last.cursor !== this.#cursor)) {
      this.#pending.mark(this.#last.cursor);
    }
    this.#flushing ??= this.#flush();
    await this.#flushing;
    if (this.#failure) throw this.#failure;
  }

  #isFull(): boolean {
    return this.#pending.lines >= waitingLines || this.#pending.characters >= waitingCharacters;
  }

  #keep(lines: StoredLogLine[]): void {
    const { rate, replica } = this.#options;
    for (const line of lines) {
      if (line.s !== "system" && !rate.admits(line)) {
        this.#dropped += 1;
        continue;
      }
      this.#sayDropped();
      this.#pending.add([{ ...line, r: replica }]);
    }
  }

  #sayDropped(): void {
    if (this.#dropped === 0) return;
    const { rate, replica } = this.#options;
    const because = `more than ${rate.linesPerSecond.toLocaleString("en")} a second`;
    this.#pending.add([{ ...droppedNote(this.#last?.t ?? 0, this.#dropped, because), r: replica }]);
    this.#dropped = 0;
  }

  async #flush(): Promise<void> {
    while (!this.#failure) {
      if (!this.#isFull()) await this.#pause(this.#pauseMs);
      do await this.#writeNext();
      while (this.#isFull() && !this.#failure);
      if (this.#pending.next() !== null || (await this.#droppedLast())) continue;
      // Once more: nobody may have added a line between the question and the end.
      if (this.#pending.next() === null) break;
    }
    this.#flushing = null;
  }

  /** Where the last lines were dropped none comes to stand after the note; then it is written by itself. */
  async #droppedLast(): Promise<boolean> {
    const before = this.#dropped;
    if (before === 0 || this.#closing) return false;
    await this.#pause(saidAfterMs);
    if (this.#dropped !== before || !this.#last || this.#cleaner.holds) return this.#dropped > 0;
    this.#sayDropped();
    this.#pending.mark(this.#last.cursor);
    return true;
  }

  /** Shorter where nobody may wait for more lines. */
  async #pause(ms: number): Promise<void> {
    if (!this.#closing) await sleep(ms, undefined, { signal: this.#wake.signal }).catch(() => undefined);
    this.#wake = new AbortController();
  }

  async #writeNext(): Promise<void> {
    const batch = this.#pending.next();
    if (!batch) return;
    if (await this.#write(batch)) {
      this.#pending.remove(batch);
      this.#pauseMs = pauseAfterMs(batch.lines.length);
    }
    this.#written.resolve();
    this.#written = Promise.withResolvers();
  }

  async #write({ lines, cursor }: PendingBatch): Promise<boolean> {
    const { source, container, signal } = this.#options;
    const to = cursor ?? this.#cursor;
    try {
      signal.throwIfAborted();
      const step = { container, from: this.#cursor, to };
      const bytes = await appendLogLines(this.#context.db, source, lines, step);
      if (bytes === null) throw new CursorMoved(`${container} is read by another worker`);
      this.#cursor = to;
      await this.#limits.written(bytes);
      return true;
    } catch (error) {
      if (error instanceof CursorMoved || signal.aborted) {
        this.#failure = error;
        return false;
      }
      this.#context.log.warn({ err: error, container }, "log lines could not be written; trying again");
      await sleep(retryMs);
      return false;
    }
  }
}
