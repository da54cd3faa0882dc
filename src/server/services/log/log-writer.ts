/**
 * Writes the lines of a build in batches: soon when it is quiet, several times a second when it is not. Memory is
 * bounded: whoever writes faster than the database takes it is told to wait, and while the database takes nothing lines
 * are left out, and counted.
 */
import { createLogBudget, droppedNote, type LogBudget } from "@/domain/log-budget";
import type { StoredLogLine } from "@/domain/log-line";
import { createLineCleaner, type LineCleaner } from "@/domain/log-text";
import type { LogLine } from "@/server/ports";
import { appendLogLines, type LogSource } from "./append-log-lines";
import { pauseAfterMs } from "./batch-pause";
import { type LimitsContext, LogLimits } from "./log-limits";
import { nextBatch } from "./next-batch";

const waitingLines = 2_000;
const waitingCharacters = 2 * 1024 * 1024;
const bufferedLines = 10_000;
const bufferedCharacters = 16 * 1024 * 1024;
const retryMs = 500;
/** Of a build whose log is too long these are kept beside its beginning. */
const lastLines = 1_000;

export class LogWriter {
  readonly #context: LimitsContext;
  readonly #source: LogSource;
  readonly #cleaner: LineCleaner;
  readonly #budget: LogBudget;
  readonly #limits: LogLimits;
  #lines: StoredLogLine[] = [];
  #characters = 0;
  #leftOut = 0;
  #flushing: Promise<boolean> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #flushedAt = 0;
  #pauseMs = pauseAfterMs(0);

  constructor(context: LimitsContext, source: LogSource, secrets: string[]) {
    this.#context = context;
    this.#source = source;
    this.#cleaner = createLineCleaner(secrets);
    this.#budget = createLogBudget({ firstBytes: context.config.logs.buildBytes, lastLines });
    this.#limits = new LogLimits(context, source.serviceId);
  }

  /** A promise where the next line shall wait: it resolves when the database has taken what there is, or refused it. */
  write(line: LogLine): Promise<void> | undefined {
    for (const stored of this.#cleaner.take(line)) if (this.#budget.admit(stored)) this.#add(stored);
    if (this.#lines.length < waitingLines && this.#characters < waitingCharacters) return undefined;
    return this.#flush().then(() => undefined);
  }

  /** Writes all there is. What the database does not take at a second try is given up: a log holds up no deployment. */
  async close(at: Date): Promise<void> {
    for (const stored of this.#cleaner.end(at)) if (this.#budget.admit(stored)) this.#add(stored);
    for (const stored of this.#budget.rest()) this.#add(stored);
    for (let failures = 0; failures < 2 && this.#lines.length > 0; ) {
      if (!(await this.#flush())) failures += 1;
    }
    this.#lines = [];
    this.#cancelTimer();
  }

  #add(line: StoredLogLine): void {
    if (this.#lines.length >= bufferedLines || this.#characters >= bufferedCharacters) {
      this.#leftOut += 1;
      return;
    }
    if (this.#leftOut > 0) {
      this.#lines.push(droppedNote(line.t, this.#leftOut, "the database did not take them"));
      this.#leftOut = 0;
    }
    this.#lines.push(line);
    this.#characters += line.x.length;
    if (!this.#flushing) this.#schedule(Math.max(0, this.#pauseMs - (performance.now() - this.#flushedAt)));
  }

  #schedule(delayMs: number): void {
    this.#timer ??= setTimeout(() => void this.#flush(), delayMs);
  }

  #cancelTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Whether the database took it. */
  #flush(): Promise<boolean> {
    this.#cancelTimer();
    this.#flushing ??= this.#writeBatches().then((written) => {
      this.#flushing = null;
      this.#flushedAt = performance.now();
      if (this.#lines.length > 0) this.#schedule(written ? this.#pauseMs : retryMs);
      return written;
    });
    return this.#flushing;
  }

  async #writeBatches(): Promise<boolean> {
    // A few lines that come meanwhile wait for more, or each would cost a statement of its own.
    for (let full = true; full; ) {
      const batch = nextBatch(this.#lines);
      if (batch.length === 0) return true;
      try {
        const bytes = await appendLogLines(this.#context.db, this.#source, batch);
        await this.#limits.written(bytes ?? 0);
      } catch (error) {
        const { sourceId } = this.#source;
        this.#context.log.warn({ err: error, sourceId }, "log lines could not be written");
        return false;
      }
      this.#lines.splice(0, batch.length);
      this.#characters -= batch.reduce((sum, line) => sum + line.x.length, 0);
      this.#pauseMs = pauseAfterMs(batch.length);
      full = nextBatch(this.#lines).length < this.#lines.length;
    }
    return true;
  }
}
