import type { StoredLogLine } from "@/domain/log-line";

/**
 * The part of one log that the page holds: consecutive lines, in a window that moves where the reader goes. Offsets
 * count lines of the log from 0.
 */
export type LogBuffer = {
  firstOffset: number;
  nextOffset: number;
  lines: readonly StoredLogLine[];
  /** Of the oldest line that the server keeps. */
  oldestOffset: number;
  /** How far the log goes, as far as is known; beyond `nextOffset` where the window is not at the end. */
  endOffset: number;
  /** The log gets no more lines. */
  complete: boolean;
  loaded: boolean;
};

type Batch = { firstOffset: number; lines: readonly StoredLogLine[]; complete: boolean };
type Page = Batch & { nextOffset: number; oldestOffset: number };

export const emptyBuffer: LogBuffer = {
  firstOffset: 0,
  nextOffset: 0,
  lines: [],
  oldestOffset: 0,
  endOffset: 0,
  complete: false,
  loaded: false,
};

/** More would make every new line and every filter cost too much; what falls out is fetched again where it is wanted. */
const mostLines = 20_000;

/** The window reaches the end of the log: lines that come are shown. */
export function isAtEnd(buffer: LogBuffer): boolean {
  return buffer.nextOffset >= buffer.endOffset;
}

/**
 * Takes newer lines: none twice, and after a gap only what follows it. Away from the end they are only counted. A full
 * window moves on with them, but not while somebody reads in it (`following` false): then it is left behind.
 */
export function appendBatch(buffer: LogBuffer, batch: Batch, following: boolean, most: number = mostLines): LogBuffer {
  const end = Math.max(buffer.endOffset, batch.firstOffset + batch.lines.length);
  const told = { ...buffer, endOffset: end, complete: batch.complete, loaded: true };
  if (!isAtEnd(buffer)) return told;
  const known = buffer.nextOffset - batch.firstOffset;
  const fresh = buffer.lines.length === 0 || known < 0;
  if (!following && !fresh && buffer.lines.length + batch.lines.length - known > most) return told;
  const lines = fresh ? batch.lines : buffer.lines.concat(batch.lines.slice(known));
  return keepNewest({ ...told, lines, firstOffset: fresh ? batch.firstOffset : buffer.firstOffset }, most);
}

/** A window of its own in place of the one that is there. */
export function showPage(buffer: LogBuffer, page: Page): LogBuffer {
  const { firstOffset, nextOffset, oldestOffset, lines, complete } = page;
  const endOffset = Math.max(buffer.endOffset, nextOffset);
  return { firstOffset, nextOffset, lines, oldestOffset, endOffset, complete, loaded: true };
}

/** Adds earlier lines. A page that does not reach the lines that are there is left out, but for where the log begins. */
export function prependPage(buffer: LogBuffer, page: Page, most: number = mostLines): LogBuffer {
  const { oldestOffset } = page;
  const earlier = page.lines.slice(0, Math.max(0, buffer.firstOffset - page.firstOffset));
  if (page.firstOffset + earlier.length !== buffer.firstOffset) return { ...buffer, oldestOffset };
  const lines = earlier.concat(buffer.lines).slice(0, most);
  const nextOffset = page.firstOffset + lines.length;
  return { ...buffer, firstOffset: page.firstOffset, nextOffset, lines, oldestOffset };
}

/** Adds later lines to a window that is not at the end. */
export function appendPage(buffer: LogBuffer, page: Page, most: number = mostLines): LogBuffer {
  const { oldestOffset, complete } = page;
  const endOffset = Math.max(buffer.endOffset, page.nextOffset);
  if (page.firstOffset > buffer.nextOffset) return showPage(buffer, page);
  const lines = buffer.lines.concat(page.lines.slice(buffer.nextOffset - page.firstOffset));
  return keepNewest({ ...buffer, lines, oldestOffset, endOffset, complete }, most);
}

function keepNewest(buffer: LogBuffer, most: number): LogBuffer {
  const nextOffset = buffer.firstOffset + buffer.lines.length;
  const surplus = buffer.lines.length - most;
  if (surplus <= 0) return { ...buffer, nextOffset };
  return { ...buffer, firstOffset: buffer.firstOffset + surplus, lines: buffer.lines.slice(surplus), nextOffset };
}
