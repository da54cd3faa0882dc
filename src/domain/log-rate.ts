/**
 * How much of a service's log is kept a second, so that one that prints without end takes neither the disk nor its
 * neighbours' time. Counted by the second in which a line was printed, not read: what a reader catches up on after an
 * outage is not too fast.
 */
import { type StoredLogLine, storedBytes } from "./log-line";

/** What a line may take on average. */
const averageBytes = 512;
/** Replicas are read side by side, some further behind than others. */
const rememberedSeconds = 32;

export function createLogRate(linesPerSecond: number) {
  const seconds = new Map<number, { lines: number; bytes: number }>();

  function used(second: number) {
    const known = seconds.get(second) ?? { lines: 0, bytes: 0 };
    if (!seconds.has(second)) {
      seconds.set(second, known);
      const [oldest] = seconds.keys();
      if (seconds.size > rememberedSeconds && oldest !== undefined) seconds.delete(oldest);
    }
    return known;
  }

  return {
    linesPerSecond,
    /** Whether the line may be kept; what was refused once in a second is refused until its end. */
    admits(line: StoredLogLine): boolean {
      const second = used(Math.floor(line.t / 1000));
      second.lines += 1;
      second.bytes += storedBytes(line);
      return second.lines <= linesPerSecond && second.bytes <= linesPerSecond * averageBytes;
    },
  };
}

export type LogRate = ReturnType<typeof createLogRate>;
