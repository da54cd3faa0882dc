import { type StoredLogLine, storedBytes } from "./log-line";

/**
 * Keeps one build's log from filling the disk: what comes first is let through, of the rest only the last lines, since
 * what went wrong stands at the end.
 */
export function createLogBudget(limits: { firstBytes: number; lastLines: number }) {
  let taken = 0;
  let leftOut = 0;
  let last: StoredLogLine[] = [];
  return {
    /** Whether the line is to be written now. */
    admit(line: StoredLogLine): boolean {
      if (taken <= limits.firstBytes) taken += storedBytes(line);
      if (taken <= limits.firstBytes) return true;
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
      const limit = Math.round(limits.firstBytes / 1e6).toLocaleString("en");
      return [droppedNote(first.t, dropped, `the log is longer than ${limit} MB`), ...kept];
    },
  };
}

export type LogBudget = ReturnType<typeof createLogBudget>;

/** The line that stands where lines were dropped. */
export function droppedNote(t: number, lines: number, because: string): StoredLogLine {
  const count = lines === 1 ? "1 line" : `${lines.toLocaleString("en")} lines`;
  return { t, s: "system", x: `… ${count} dropped: ${because}` };
}
