import { setTimeout as sleep } from "node:timers/promises";
import type { WorkerContext } from "@/server/context";
import { takeBuildTurn } from "@/server/services/deployment-run/take-build-turn";

const afterFailureMs = 5_000;

/**
 * Gives this worker's free build slots to whose turn it is, whenever one becomes free and whenever another worker saw
 * something for which it had none: no slot stays free anywhere while something waits. Begins with what waits already;
 * resolves when the signal aborted and all that it began has come to a safe point.
 */
export async function keepTakingTurns(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const { buildSlots, changes, log } = context;
  const turns = new Set<Promise<void>>();
  let wanted = Promise.withResolvers<void>();
  const wake = () => wanted.resolve();
  const stops = [
    buildSlots.onFree(wake),
    changes.onEvent((event) => event.type === "slot-wanted" && wake()),
    changes.onResync(wake),
  ];
  signal.addEventListener("abort", wake, { once: true });
  let pauseMs = 0;

  async function takeTurn(): Promise<void> {
    try {
      await takeBuildTurn(context, signal);
    } catch (error) {
      log.warn({ err: error }, "a free build slot could not be given away; trying again");
      pauseMs = afterFailureMs;
      wake();
    }
  }

  wake();
  while (!signal.aborted) {
    await wanted.promise;
    // What failed a moment ago would fail again.
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    pauseMs = 0;
    wanted = Promise.withResolvers<void>();
    for (let free = buildSlots.free; free > 0 && !signal.aborted; free -= 1) {
      const turn = takeTurn().finally(() => turns.delete(turn));
      turns.add(turn);
    }
  }
  for (const stop of stops) stop();
  await Promise.all(turns);
}
