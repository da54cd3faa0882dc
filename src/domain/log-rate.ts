/**
 * How much of a service's log is kept a second, so that one that prints without end takes neither the disk nor its
 * neighbours' time. Ten seconds share what they may, since programs print much at once when they start or fail. Counted
 * by when a line was printed, not read: what a reader catches up on after an outage is not too fast.
 */
import { type StoredLogLine, storedBytes } from "./log-line";

const windowMs = 10_000;
/** What a line may take on average. */
const averageBytes = 512;
/** Replicas are read side by side, some further behind than others. */
const rememberedWindows = 32;

export function createLogRate(linesPerSecond: number) {
  const windows = new Map<number, { lines: number; bytes: number }>();
  const mostLines = (linesPerSecond * windowMs) / 1000;

  function used(window: number) {
    const known = windows.get(window) ?? { lines: 0, bytes: 0 };
    if (!windows.has(window)) {
      windows.set(window, known);
      const [oldest] = windows.keys();
      if (windows.size > rememberedWindows && oldest !== undefined) windows.delete(oldest);
    }
    return known;
  }

  return {
    linesPerSecond,
    /** Whether the line may be kept; what is refused once is refused until its ten seconds are over. */
    admits(line: StoredLogLine): boolean {
      const window = used(Math.floor(line.t / windowMs));
      window.lines += 1;
      window.bytes += storedBytes(line);
      return window.lines <= mostLines && window.bytes <= mostLines * averageBytes;
    },
  };
}

export type LogRate = ReturnType<typeof createLogRate>;
