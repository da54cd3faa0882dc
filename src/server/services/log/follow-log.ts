import type { FollowLogInput, LogBatch } from "@/contracts/log";
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
  let mayHaveEnded = true;
  try {
    for (;;) {
      // Read after the subscription and before the lines: whoever says complete has seen them all.
      const complete = mayHaveEnded && (await findLogSource(context, deploymentId, kind)).complete;
      for (let more = true; more; ) {
        const page = await readLines(context, { sourceId, kind }, offset, batchLines);
        const { firstOffset, lines } = page;
        more = page.more;
        offset = page.nextOffset;
        const ended = complete && !more;
        if (lines.length > 0 || ended) yield { firstOffset, lines, complete: ended };
        if (ended) return;
      }
      const hints = await changes.next();
      if (!hints) return;
      mayHaveEnded = hints.missed || hints.events.some((event) => event.type === "deployment");
    }
  } finally {
    changes.close();
  }
}

function startOffset(input: FollowLogInput, source: LogSource): number {
  return input.lastEventId ? Number(input.lastEventId) : Math.max(0, source.nextOffset - batchLines);
}
