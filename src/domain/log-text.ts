import type { StoredLogLine } from "./log-line";
import { createScrubber, type Scrubber } from "./log-scrubber";

type Stream = StoredLogLine["s"];

/** Longer lines are stored in pieces. */
const longestLine = 16_384;
/** The Engine hands lines of 16 KiB and more on in pieces of that many bytes. */
const pieceBytes = 16_384;

/**
 * Makes stored lines of what an application or a build printed: secrets taken out, also across the borders of pieces
 * and lines, and nothing that a JSON column refuses. `take` returns the lines that are complete.
 */
export function createLineCleaner(secrets: string[]) {
  const streams = new Map<Stream, { scrubber: Scrubber; open: string }>();

  function of(stream: Stream) {
    const known = streams.get(stream) ?? { scrubber: createScrubber(secrets), open: "" };
    streams.set(stream, known);
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
    take(line: { at: Date; stream: Stream; text: string }): StoredLogLine[] {
      const state = of(line.stream);
      const clean = line.text.replaceAll("\u0000", "").toWellFormed();
      const isPiece = new TextEncoder().encode(line.text).length >= pieceBytes;
      const safe = state.scrubber.push(isPiece ? clean : `${clean}\n`);
      return split(state, safe).map((text) => ({ t: line.at.getTime(), s: line.stream, x: text }));
    },
    /** Whether a line that was taken is not given on yet. */
    get holds(): boolean {
      return [...streams.values()].some((state) => state.open !== "" || state.scrubber.holds);
    },
    /** What is left once no more will come. */
    end(at: Date): StoredLogLine[] {
      return [...streams].flatMap(([stream, state]) => {
        const lines = split(state, `${state.scrubber.end()}\n`).filter((text) => text !== "");
        return lines.map((text) => ({ t: at.getTime(), s: stream, x: text }));
      });
    },
  };
}

export type LineCleaner = ReturnType<typeof createLineCleaner>;

function pieces(text: string): string[] {
  if (text.length <= longestLine) return [text];
  const count = Math.ceil(text.length / longestLine);
  return Array.from({ length: count }, (_, n) => text.slice(n * longestLine, (n + 1) * longestLine).toWellFormed());
}
