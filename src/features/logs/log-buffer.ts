import type { StoredLogLine } from "@/domain/log-line";

/** Consecutive lines of one log as the page holds them; offsets count lines of the log from 0. */
export type LogBuffer = {
  firstOffset: number;
  nextOffset: number;
  lines: readonly StoredLogLine[];
  /** The log gets no more lines. */
  complete: boolean;
  loaded: boolean;
};

type Batch = { firstOffset: number; lines: readonly StoredLogLine[]; complete: boolean };

export const emptyBuffer: LogBuffer = { firstOffset: 0, nextOffset: 0, lines: [], complete: false, loaded: false };

/** More would make search and memory suffer; earlier lines can be fetched again. */
const mostLines = 50_000;

/** Adds newer lines: none twice, and after a gap only what follows it. */
export function appendBatch(buffer: LogBuffer, batch: Batch, most: number = mostLines): LogBuffer {
  const known = buffer.nextOffset - batch.firstOffset;
  const fresh = buffer.lines.length === 0 || known < 0;
  const lines = fresh ? batch.lines : buffer.lines.concat(batch.lines.slice(known));
  const firstOffset = fresh ? batch.firstOffset : buffer.firstOffset;
  const surplus = Math.max(0, lines.length - most);
  return {
    firstOffset: firstOffset + surplus,
    nextOffset: firstOffset + lines.length,
    lines: surplus > 0 ? lines.slice(surplus) : lines,
    complete: batch.complete,
    loaded: true,
  };
}

/** Adds earlier lines. A page that does not reach the lines that are there is left out. */
export function prependPage(buffer: LogBuffer, page: Omit<Batch, "complete">): LogBuffer {
  const earlier = page.lines.slice(0, Math.max(0, buffer.firstOffset - page.firstOffset));
  if (page.firstOffset + earlier.length !== buffer.firstOffset) return buffer;
  return { ...buffer, firstOffset: page.firstOffset, lines: earlier.concat(buffer.lines) };
}
