import type { ServiceContext } from "@/server/context";
import { collectChanges } from "@/server/services/changes/collect-changes";

/** Ticks whenever a session's person may see or do something else than before. */
export async function* watchSession(
  context: ServiceContext,
  sessionId: string,
  signal: AbortSignal,
): AsyncGenerator<{ type: "connected" | "changed" }, void> {
  const changes = collectChanges(context, (event) => event.type === "session" && event.sessionId === sessionId, signal);
  try {
    yield { type: "connected" };
    for (let batch = await changes.next(); batch !== null; batch = await changes.next()) yield { type: "changed" };
  } finally {
    changes.close();
  }
}
