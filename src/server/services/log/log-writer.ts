/**
 * Writes the lines of a build in batches: at once when it is quiet, every 50 ms when it is not. Memory is bounded: of
 * what comes faster than the database takes it lines are left out, and counted.
 */
import { createLogBudget } from "@/domain/log-budget";
import type { StoredLogLine } from "@/domain/log-line";
import { createLineCleaner, type LineCleaner } from "@/domain/log-text";
import type { Db } from "@/server/db/client";
import type { Logger } from "@/server/log";
import type { LogLine } from "@/server/ports";
import { appendLogLines, type LogSource } from "./append-log-lines";
import { nextBatch } from "./next-batch";

const flushMs = 50;
const bufferedLines = 10_000;
const bufferedCharacters = 16 * 1024 * 1024;
const retryMs = 500;

export class LogWriter {
  readonly #db: Db;
  readonly #source: LogSource;
  readonly #log: Logger;
  readonly #cleaner: LineCleaner;
  readonly #budget = createLogBudget({ firstLines: 50_000, lastLines: 1_000 });
  #lines: StoredLogLine[] = [];
  #characters = 0;
  #leftOut = 0;
  #flushing: Promise<boolean> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #flushedAt = 0;

  constructor(db: Db, source: LogSource, secrets: string[], log: Logger) {
    this.#db = db;
    this.#source = source;
    this.#cleaner = createLineCleaner(secrets);
    this.#log = log;
  }

  write(line: LogLine): void {
    for (const stored of this.#cleaner.take(line)) if (this.#budget.admit(stored)) this.#add(stored);
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
      this.#lines.push({ t: line.t, s: "system", x: `... ${this.#leftOut} lines came too fast and were left out ...` });
      this.#leftOut = 0;
    }
    this.#lines.push(line);
    this.#characters += line.x.length;
    if (!this.#flushing) this.#schedule(Math.max(0, flushMs - (performance.now() - this.#flushedAt)));
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
      if (this.#lines.length > 0) this.#schedule(written ? flushMs : retryMs);
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
        await appendLogLines(this.#db, this.#source, batch);
      } catch (error) {
        this.#log.warn({ err: error, sourceId: this.#source.sourceId }, "log lines could not be written");
        return false;
      }
      this.#lines.splice(0, batch.length);
      this.#characters -= batch.reduce((sum, line) => sum + line.x.length, 0);
      full = nextBatch(this.#lines).length < this.#lines.length;
    }
    return true;
  }
}
