import type { ChangeTick } from "@/contracts/change";
import type { UserContext } from "@/server/context";
import type { ChangeEvent } from "@/server/events";
import { watchTicks } from "@/server/services/changes/watch-ticks";

/** Ticks for the service and its deployments, and for the queue in which these may stand. */
export function watchService(
  context: UserContext,
  serviceId: string,
  signal: AbortSignal,
): AsyncGenerator<ChangeTick, void> {
  const matches = (event: ChangeEvent) =>
    event.type === "queue" || ("serviceId" in event && event.serviceId === serviceId);
  return watchTicks(context, matches, signal);
}
