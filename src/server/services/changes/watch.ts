import type { ServiceContext } from "@/server/context";
import type { ChangeEvent } from "@/server/events";
import { collectChanges } from "./collect-changes";

/**
 * Reads something, and again whenever a hint says that it may have changed, until the signal aborts. What reads the
 * same as before is not repeated. The first value comes at once, so a client that reconnects has missed nothing.
 */
export async function* watch<View>(
  context: Pick<ServiceContext, "changes">,
  options: { matches(event: ChangeEvent): boolean; read(): Promise<View>; until?(view: View): boolean },
  signal: AbortSignal,
): AsyncGenerator<View, void> {
  const changes = collectChanges(context, options.matches, signal);
  let shown: string | null = null;
  try {
    do {
      const view = await options.read();
      const text = JSON.stringify(view);
      if (text !== shown) yield view;
      shown = text;
      if (options.until?.(view)) return;
    } while (await changes.next());
  } finally {
    changes.close();
  }
}
