"use client";

import { useCallback, useSyncExternalStore } from "react";

/**
 * The time, rounded down to the granularity, so that a component renders again only when what it shows may have
 * changed. Server and browser may differ by a step: put suppressHydrationWarning on the element that shows it.
 */
export function useNow(granularityMs: number): number {
  const snapshot = useCallback(() => Math.floor(Date.now() / granularityMs) * granularityMs, [granularityMs]);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for the whole page; it stands still when nobody looks at it. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
