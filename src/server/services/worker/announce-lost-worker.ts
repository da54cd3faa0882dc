import { setTimeout as sleep } from "node:timers/promises";
import type { ServiceContext } from "@/server/context";
import { notify } from "@/server/events";
import { readWorkerLapse } from "./heartbeat";
import { repeat } from "./repeat";

/** setTimeout's longest. */
const foreverMs = 2 ** 31 - 1;

/**
 * A worker that was killed tells nobody, and where it was the last one no other can: so the web process does. It looks
 * when the newest sign of life lapses and when a hint comes, not in between. Runs until the signal aborts.
 */
export function announceLostWorker(
  context: Pick<ServiceContext, "db" | "changes" | "log">,
  signal: AbortSignal,
): Promise<void> {
  const { db, changes, log } = context;
  let wasRunning = false;
  let hint = new AbortController();
  const stops = [
    changes.onEvent((event) => {
      if (event.type === "worker") hint.abort();
    }),
    changes.onResync(() => hint.abort()),
  ];
  return repeat("watching over the worker", log, signal, async () => {
    // Before the look: a hint that comes during it leads to another one.
    hint = new AbortController();
    const lapseMs = await readWorkerLapse({ db });
    if (wasRunning && lapseMs === null) await notify(db, { type: "worker" });
    wasRunning = lapseMs !== null;
    const ends = AbortSignal.any([hint.signal, signal]);
    await sleep(lapseMs === null ? foreverMs : Math.ceil(lapseMs), undefined, { signal: ends }).catch(() => undefined);
    return 0;
  }).finally(() => {
    for (const stop of stops) stop();
  });
}
