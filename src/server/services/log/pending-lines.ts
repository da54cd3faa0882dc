/**
 * Lines that wait to be written, with the places among them where a cursor may be stored: after a line of which nothing
 * is held back any more.
 */
import type { StoredLogLine } from "@/domain/log-line";
import { nextBatch } from "./next-batch";

export type PendingBatch = { lines: StoredLogLine[]; cursor: string | null };

export class PendingLines {
  #lines: StoredLogLine[] = [];
  /** `after`: how many of the lines come before the cursor. */
  #marks: { after: number; cursor: string }[] = [];
  #characters = 0;

  get lines(): number {
    return this.#lines.length;
  }

  get characters(): number {
    return this.#characters;
  }

  add(lines: StoredLogLine[]): void {
    for (const line of lines) {
      this.#lines.push(line);
      this.#characters += line.x.length;
    }
  }

  /** All lines up to here are whole. */
  mark(cursor: string): void {
    const after = this.#lines.length;
    if (this.#marks.at(-1)?.after === after) this.#marks.pop();
    this.#marks.push({ after, cursor });
  }

  /**
   * What goes into one chunk, up to the last mark in it; where a line has been held back for longer than a chunk, up to
   * its end and without a cursor. Null where nothing may be written yet.
   */
  next(): PendingBatch | null {
    const lines = nextBatch(this.#lines);
    const mark = this.#marks.findLast(({ after }) => after <= lines.length);
    if (mark) return { lines: lines.slice(0, mark.after), cursor: mark.cursor };
    return lines.length < this.#lines.length ? { lines, cursor: null } : null;
  }

  /** Takes away what was written of `next`. */
  remove({ lines }: PendingBatch): void {
    const count = lines.length;
    this.#lines.splice(0, count);
    for (const line of lines) this.#characters -= line.x.length;
    this.#marks = this.#marks.flatMap(({ after, cursor }) =>
      after <= count ? [] : [{ after: after - count, cursor }],
    );
  }
}
