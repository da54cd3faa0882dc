import type { LogPage, ReadLogInput } from "@/contracts/log";
import type { ServiceContext } from "@/server/context";
import { findLogSource } from "./log-source";
import { oldestOffset } from "./oldest-offset";
import { readLines } from "./read-lines";

/** A page of a log from an offset on, or its last lines. Throws not_found. */
export async function readLog(context: ServiceContext, input: ReadLogInput): Promise<LogPage> {
  const { deploymentId, kind, limit } = input;
  const source = await findLogSource(context, deploymentId, kind);
  const offset = input.offset ?? Math.max(0, source.nextOffset - limit);
  const page = await readLines(context, { sourceId: source.sourceId, kind }, offset, limit);
  const lines = page.lines.slice(0, limit);
  return {
    firstOffset: page.firstOffset,
    nextOffset: page.firstOffset + lines.length,
    lines,
    oldestOffset: await oldestOffset(context, { sourceId: source.sourceId, kind }),
    complete: source.complete,
  };
}
