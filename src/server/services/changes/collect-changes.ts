/**
 * The change feed as something to wait for. Hints that arrive while the reader is busy are kept once each, so a slow
 * reader reads the tables once for a hundred of them and holds up nobody.
 */
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";
import type { ChangeEvent } from "@/server/events";

export type Changes = {
  /**
   * Resolves with the hints since the last call, as soon as there is one; null once the signal aborted. Throws the
   * signal's reason where that is an AppError, such as the end of the session.
   */
  next(): Promise<ChangeBatch | null>;
  /** Ends the subscription; safe to call twice. */
  close(): void;
};

/** `missed`: hints were lost on the way, so anything may have changed. */
export type ChangeBatch = { events: ChangeEvent[]; missed: boolean };

/**
 * Listens from this moment: read the tables after calling it, and nothing in between is missed. `matches` says which
 * hints count. The caller closes it, or aborts the signal.
 */
export function collectChanges(
  { changes }: Pick<ServiceContext, "changes">,
  matches: (event: ChangeEvent) => boolean,
  signal: AbortSignal,
): Changes {
  const waiting = new Map<string, ChangeEvent>();
  let missed = false;
  let wake: (() => void) | null = null;

  const stops = [
    changes.onEvent((event) => {
      if (!matches(event)) return;
      waiting.set(keyOf(event), event);
      wake?.();
    }),
    changes.onResync(() => {
      missed = true;
      wake?.();
    }),
  ];
  function close(): void {
    for (const stop of stops.splice(0)) stop();
    signal.removeEventListener("abort", onAbort);
  }
  function onAbort(): void {
    close();
    wake?.();
  }
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) close();

  function ended(): null {
    if (signal.reason instanceof AppError) throw signal.reason;
    return null;
  }

  async function next(): Promise<ChangeBatch | null> {
    while (waiting.size === 0 && !missed) {
      if (signal.aborted) return ended();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = null;
    }
    if (signal.aborted) return ended();
    const batch = { events: [...waiting.values()], missed };
    waiting.clear();
    missed = false;
    return batch;
  }
  return { next, close };
}

/** Of a log only the newest hint counts, of the rest one of a kind. */
function keyOf(event: ChangeEvent): string {
  return event.type === "log" ? `log:${event.kind}:${event.sourceId}` : JSON.stringify(event);
}
