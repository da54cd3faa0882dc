/** A stored line, short-named because there are millions: time (ms since epoch), stream, text, and for runtime logs the replica. */
export type StoredLogLine = { t: number; s: "stdout" | "stderr" | "system"; x: string; r?: number };

/** What JSON puts around a line's text: time, stream, replica and names. */
const frameBytes = 48;

/** Roughly what a line takes in the store; limits count with it. */
export function storedBytes(line: StoredLogLine): number {
  return line.x.length + frameBytes;
}
