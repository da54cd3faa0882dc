import type { ServiceContext } from "@/server/context";
import type { LogKind } from "./log-source";
import { oldestOffset } from "./oldest-offset";
import { readLines } from "./read-lines";

/**
 * Of the first line that was printed at the time (ms since epoch) or later; the offset after the last line where there
 * is none. Lines of replicas come a moment out of order, and are found as if they did not. Reads a chunk for each
 * halving, so a long log costs little more than a short one.
 */
export async function locateOffset(
  context: Pick<ServiceContext, "db">,
  source: { sourceId: string; kind: LogKind; nextOffset: number },
  atMs: number,
): Promise<number> {
  let low = await oldestOffset(context, source);
  let high = source.nextOffset;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { firstOffset, nextOffset, lines } = await readLines(context, source, middle, 1);
    // Retention went on meanwhile, or the rest is gone.
    if (lines.length === 0) return low;
    const found = lines.findIndex((line) => line.t >= atMs);
    if (found === -1) low = nextOffset;
    else if (found > 0) return firstOffset + found;
    else high = middle;
  }
  return low;
}
