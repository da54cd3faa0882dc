"use client";

import { useSyncExternalStore } from "react";

/** Which live connections of this page are lost at the moment; the page header says so once for all of them. */
const lost = new Set<string>();
const listeners = new Set<() => void>();

export function reportConnection(id: string, isLost: boolean): void {
  const before = lost.size > 0;
  if (isLost) lost.add(id);
  else lost.delete(id);
  if (before === lost.size > 0) return;
  for (const listener of listeners) listener();
}

/** True while at least one live connection of this page is being made anew. */
export function useConnectionLost(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => lost.size > 0,
    () => false,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
