import type { StoredLogLine } from "./log-line";
import { type Scrubber, scrubberOf } from "./log-scrubber";
import { secretForms } from "./secret-forms";

type Stream = StoredLogLine["s"];
type Printed = { at: Date; stream: Stream; text: string; source?: string; partial?: boolean };
type Text = { stream: Stream; scrubber: Scrubber; open: string };

/** Longer lines are stored in pieces. */
const longestLine = 16_384;

/**
 * Makes stored lines of what an application or a build printed: secrets taken out, also across the borders of pieces
 * and lines, and nothing that a JSON column refuses. `take` returns the lines that are complete.
 */
export function createLineCleaner(secrets: string[]) {
  const forms = secretForms(secrets);
  const texts = new Map<string, Text>();

  /** What one source prints to one stream is one text, however lines of others come between its own. */
  function of({ stream, source = "" }: Printed): Text {
    const key = `${stream} ${source}`;
    const known = texts.get(key) ?? { stream, scrubber: scrubberOf(forms), open: "" };
    texts.set(key, known);
    return known;
  }

  function split(state: { open: string }, text: string): string[] {
    const lines = (state.open + text).split("\n");
    state.open = lines.pop() ?? "";
    if (state.open.length > longestLine) {
      lines.push(state.open);
      state.open = "";
    }
    return lines.flatMap(pieces);
  }

  return {
    take(line: Printed): StoredLogLine[] {
      const state = of(line);
      const clean = line.text.replaceAll("\u0000", "");
      const safe = state.scrubber.push(line.partial ? clean : `${clean}\n`);
      return split(state, safe).map((text) => ({ t: line.at.getTime(), s: line.stream, x: text }));
    },
    /** Whether a line that was taken is not given on yet. */
    get holds(): boolean {
      return [...texts.values()].some((state) => state.open !== "" || state.scrubber.holds);
    },
    /** What is left once no more will come. */
    end(at: Date): StoredLogLine[] {
      return [...texts.values()].flatMap((state) => {
        const lines = split(state, `${state.scrubber.end()}\n`).filter((text) => text !== "");
        return lines.map((text) => ({ t: at.getTime(), s: state.stream, x: text }));
      });
    },
  };
}

export type LineCleaner = ReturnType<typeof createLineCleaner>;

function pieces(text: string): string[] {
  if (text.length <= longestLine) return [text.toWellFormed()];
  const count = Math.ceil(text.length / longestLine);
  return Array.from({ length: count }, (_, n) => text.slice(n * longestLine, (n + 1) * longestLine).toWellFormed());
}
