import type { LogPage, ReadLogInput } from "@/contracts/deployment";
import type { ServiceContext } from "@/server/context";
import { findLogSource } from "./log-source";
import { readLines } from "./read-lines";

/** A page of a log from an offset on, or its last lines. Throws not_found. */
export async function readLog(context: ServiceContext, input: ReadLogInput): Promise<LogPage> {
  const { deploymentId, kind, limit } = input;
  const source = await findLogSource(context, deploymentId, kind);
  const offset = input.offset ?? Math.max(0, source.nextOffset - limit);
  const page = await readLines(context, { sourceId: source.sourceId, kind }, offset, limit);
  return { ...page, complete: source.complete };
}
