import { setTimeout as sleep } from "node:timers/promises";
import { createLogRate } from "@/domain/log-rate";
import type { WorkerContext } from "@/server/context";
import { collectContainerLog } from "./collect-container-log";
import { CursorMoved } from "./runtime-log";

/** A removal does not wait longer for a log, which may be long. */
const patienceMs = 5_000;
const againMs = 50;

/**
 * Before a stopped container is removed, and its log with it: keeps what the collector has not read yet, such as what a
 * crash printed a moment ago. Never rejects: a log holds up no removal.
 */
export async function keepLastLines(
  context: WorkerContext,
  container: { name: string; labels: Record<string, string> },
): Promise<void> {
  const enough = AbortSignal.timeout(patienceMs);
  const rate = createLogRate(context.config.logs.linesPerSecond);
  while (!enough.aborted) {
    try {
      return await collectContainerLog(context, container, () => rate, enough);
    } catch (error) {
      // The collector reads the same lines just now: whoever comes second goes on where it got to.
      if (!(error instanceof CursorMoved)) {
        context.log.warn({ err: error, container: container.name }, "the end of a container's log could not be kept");
        return;
      }
      await sleep(againMs);
    }
  }
}
