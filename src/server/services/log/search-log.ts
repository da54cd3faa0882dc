import type { LogMatches, SearchLogInput } from "@/contracts/log";
import type { StoredLogLine } from "@/domain/log-line";
import type { ServiceContext } from "@/server/context";
import { locateOffset } from "./locate-offset";
import { findLogSource } from "./log-source";
import { plainLine } from "./plain-line";
import { readLines } from "./read-lines";

/** What one call looks through at most: some hundredths of a second of work, whatever the log's length. */
const mostLines = 20_000;
const mostCharacters = 4_000_000;
const mostMatches = 1_000;
const pageLines = 2_000;

/** Lines that hold a text, in a part of the log; the answer says where the next call goes on. Throws not_found. */
export async function searchLog(context: ServiceContext, input: SearchLogInput): Promise<LogMatches> {
  const { deploymentId, kind, replica, since, until } = input;
  const source = { ...(await findLogSource(context, deploymentId, kind)), kind };
  const begin = since ? await locateOffset(context, source, since.getTime()) : 0;
  // Lines of the very millisecond are meant too.
  const end = until ? await locateOffset(context, source, until.getTime() + 1) : source.nextOffset;
  const wanted = input.query.toLowerCase();
  const offsets: number[] = [];
  let offset = Math.max(begin, input.offset ?? 0);
  const budget = { lines: mostLines, characters: mostCharacters };
  while (offset < end && budget.lines > 0 && budget.characters > 0) {
    const page = await readLines(context, source, offset, pageLines);
    if (page.lines.length === 0) return { offsets, nextOffset: end, more: false };
    for (const [index, line] of page.lines.entries()) {
      offset = page.firstOffset + index + 1;
      budget.lines -= 1;
      budget.characters -= line.x.length;
      if (offset <= end && isOf(line, replica) && holds(line, wanted)) offsets.push(offset - 1);
      if (offset >= end || offsets.length === mostMatches) break;
    }
    if (offsets.length === mostMatches) break;
  }
  return { offsets, nextOffset: offset, more: offset < end };
}

function isOf(line: StoredLogLine, replica: number | null | undefined): boolean {
  return replica === undefined || replica === null || line.r === replica;
}

function holds(line: StoredLogLine, wanted: string): boolean {
  return plainLine(line.x).toLowerCase().includes(wanted);
}
