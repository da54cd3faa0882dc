import type { StoredLogLine } from "./log-line";

/**
 * Keeps one log from filling the disk: the first lines are let through, of the rest only the last ones, since what went
 * wrong stands at the end.
 */
export function createLogBudget(limits: { firstLines: number; lastLines: number }) {
  let taken = 0;
  let leftOut = 0;
  let last: StoredLogLine[] = [];
  return {
    /** Whether the line is to be written now. */
    admit(line: StoredLogLine): boolean {
      taken += 1;
      if (taken <= limits.firstLines) return true;
      last.push(line);
      // Trimmed in one go now and then, so that a line costs the same however many came before.
      if (last.length >= 2 * limits.lastLines) {
        leftOut += last.length - limits.lastLines;
        last = last.slice(-limits.lastLines);
      }
      return false;
    },
    /** The lines to write at the end. */
    rest(): StoredLogLine[] {
      const kept = last.slice(-limits.lastLines);
      const dropped = leftOut + last.length - kept.length;
      last = [];
      const [first] = kept;
      if (dropped === 0 || !first) return kept;
      const note: StoredLogLine = {
        t: first.t,
        s: "system",
        x: `... ${dropped} lines left out, the log is too long ...`,
      };
      return [note, ...kept];
    },
  };
}

export type LogBudget = ReturnType<typeof createLogBudget>;
