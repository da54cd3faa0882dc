/**
 * Writes the lines of one source in batches: at once when it is quiet, every 50 ms when it is not. Memory is bounded:
 * who can wait asks `ready()`, and of what comes faster than the database takes it lines are left out, and counted.
 */
import type { StoredLogLine } from "@/domain/log-line";
import { createLineCleaner, type LineCleaner } from "@/domain/log-text";
import type { Db } from "@/server/db/client";
import type { Logger } from "@/server/log";
import type { LogLine } from "@/server/ports";
import { appendLogLines, type LogSource } from "./append-log-lines";

const flushMs = 50;
const batchLines = 500;
const batchCharacters = 512 * 1024;
const bufferedLines = 10_000;
const bufferedCharacters = 16 * 1024 * 1024;
const retryMs = 500;

export class LogWriter {
  readonly #db: Db;
  readonly #source: LogSource;
  readonly #log: Logger;
  readonly #cleaner: LineCleaner;
  #lines: StoredLogLine[] = [];
  #characters = 0;
  #leftOut = 0;
  #flushing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #flushedAt = 0;

  constructor(db: Db, source: LogSource, secrets: string[], log: Logger) {
    this.#db = db;
    this.#source = source;
    this.#cleaner = createLineCleaner(secrets);
    this.#log = log;
  }

  write(line: LogLine): void {
    for (const stored of this.#cleaner.take(line)) this.#add(stored);
  }

  /** Writes all there is. What the database does not take in two attempts is given up: a log holds up no deployment. */
  async close(at: Date): Promise<void> {
    for (const stored of this.#cleaner.end(at)) this.#add(stored);
    for (let attempt = 0; attempt < 2 && this.#lines.length > 0; attempt += 1) {
      await this.#flushing;
      await this.#flush();
    }
    this.#cancelTimer();
    this.#lines = [];
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
    this.#schedule(Math.max(0, flushMs - (performance.now() - this.#flushedAt)));
  }

  #schedule(delayMs: number): void {
    if (this.#flushing || this.#timer) return;
    this.#timer = setTimeout(() => void this.#flush(), delayMs);
  }

  #cancelTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #flush(): Promise<void> {
    this.#cancelTimer();
    this.#flushing ??= this.#writeBatches().finally(() => {
      this.#flushing = null;
      this.#flushedAt = performance.now();
    });
    return this.#flushing;
  }

  async #writeBatches(): Promise<void> {
    while (this.#lines.length > 0) {
      const batch = this.#nextBatch();
      try {
        await appendLogLines(this.#db, this.#source, batch);
      } catch (error) {
        this.#log.warn({ err: error, sourceId: this.#source.sourceId }, "log lines could not be written; trying again");
        this.#timer = setTimeout(() => void this.#flush(), retryMs);
        return;
      }
      this.#lines.splice(0, batch.length);
      this.#characters -= batch.reduce((sum, line) => sum + line.x.length, 0);
    }
  }

  #nextBatch(): StoredLogLine[] {
    let characters = 0;
    const end = this.#lines.slice(0, batchLines).findIndex((line) => {
      characters += line.x.length;
      return characters > batchCharacters;
    });
    return this.#lines.slice(0, end < 0 ? batchLines : Math.max(1, end));
  }
}
