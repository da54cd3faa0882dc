import type { ChangeTick } from "@/contracts/change";
import type { ServiceContext } from "@/server/context";
import { watchTicks } from "@/server/services/changes/watch-ticks";

/** Ticks for the service and its deployments. */
export function watchService(
  context: ServiceContext,
  serviceId: string,
  signal: AbortSignal,
): AsyncGenerator<ChangeTick, void> {
  return watchTicks(context, (event) => "serviceId" in event && event.serviceId === serviceId, signal);
}
