"use client";

import { type ReactNode, useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether the page's script has taken over what the server sent. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/**
 * Until the page's script has taken over, buttons and fields do nothing: what is typed or clicked then would be lost.
 * So they are disabled for that moment, without looking it. Links work from the beginning.
 */
export function HydrationGate({ children }: { children: ReactNode }) {
  const hydrated = useHydrated();
  return (
    <fieldset role="none" className="contents" disabled={!hydrated} data-hydrating={hydrated ? undefined : ""}>
      {children}
    </fieldset>
  );
}
