import type { FollowLogInput, LogBatch } from "@/contracts/deployment";
import type { ServiceContext } from "@/server/context";
import { collectChanges } from "@/server/services/changes/collect-changes";
import { findLogSource, type LogSource } from "./log-source";
import { readLines } from "./read-lines";

const batchLines = 1000;

/**
 * Lines as they are written: from the offset the client has reached (`lastEventId`), or from the last thousand. Every
 * line comes once, in order. Ends with a batch that says complete, or when the signal aborts. Throws not_found.
 */
export async function* followLog(
  context: ServiceContext,
  input: FollowLogInput,
  signal: AbortSignal,
): AsyncGenerator<LogBatch, void> {
  const { deploymentId, kind } = input;
  const found = await findLogSource(context, deploymentId, kind);
  const { sourceId, serviceId } = found;
  const changes = collectChanges(
    context,
    (event) =>
      (event.type === "log" && event.sourceId === sourceId && event.kind === kind) ||
      // Its end is not a line: the deployment's or release's state says it.
      (event.type === "deployment" && event.serviceId === serviceId),
    signal,
  );
  let offset = startOffset(input, found);
  try {
    do {
      // Read after the subscription and before the lines: whoever says complete has seen them all.
      const { complete } = await findLogSource(context, deploymentId, kind);
      let full = true;
      while (full) {
        const { firstOffset, nextOffset, lines } = await readLines(context, { sourceId, kind }, offset, batchLines);
        full = lines.length === batchLines;
        offset = nextOffset;
        const ended = complete && !full;
        if (lines.length > 0 || ended) yield { firstOffset, lines, complete: ended };
        if (ended) return;
      }
    } while (await changes.next());
  } finally {
    changes.close();
  }
}

function startOffset(input: FollowLogInput, source: LogSource): number {
  return input.lastEventId ? Number(input.lastEventId) : Math.max(0, source.nextOffset - batchLines);
}
