const quietMs = 50;
const busyMs = 150;
/** In a pause of 50 ms: 2,000 lines a second. */
const manyLines = 100;

/**
 * How long a writer lets lines gather after a chunk. Where many come, fewer and larger chunks cost the database, and
 * everybody who reads along, far less, and are still soon enough for the eye.
 */
export function pauseAfterMs(lines: number): number {
  return lines < manyLines ? quietMs : busyMs;
}
