import type { ExportLogInput } from "@/contracts/log";
import type { StoredLogLine } from "@/domain/log-line";
import type { ServiceContext } from "@/server/context";
import { findLogSource } from "./log-source";
import { plainLine } from "./plain-line";
import { readLines } from "./read-lines";

const pageLines = 1_000;

/**
 * A log as text, a line each: time (ISO 8601), replica where there are several, text without colours. In pieces of some
 * lines, read as they are taken. Ends with what was the last line when it began. Throws not_found.
 */
export async function* exportLog(
  context: ServiceContext,
  { deploymentId, kind }: ExportLogInput,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const source = { ...(await findLogSource(context, deploymentId, kind)), kind };
  for (let offset = 0; offset < source.nextOffset && !signal.aborted; ) {
    const { firstOffset, nextOffset, lines } = await readLines(context, source, offset, pageLines);
    if (lines.length === 0) return;
    if (offset === 0 && firstOffset > 0) yield `… ${firstOffset.toLocaleString("en")} older lines were removed\n`;
    yield lines
      .slice(0, source.nextOffset - firstOffset)
      .map(toText)
      .join("");
    offset = nextOffset;
  }
}

function toText({ t, r, x }: StoredLogLine): string {
  const writer = r === undefined ? "" : ` [${r + 1}]`;
  return `${new Date(t).toISOString()}${writer} ${plainLine(x)}\n`;
}
