import type { ChangeTick } from "@/contracts/change";
import type { ServiceContext } from "@/server/context";
import { watchTicks } from "@/server/services/changes/watch-ticks";

/** Ticks for disks, cleanups and strays. */
export function watchStorage(context: ServiceContext, signal: AbortSignal): AsyncGenerator<ChangeTick, void> {
  return watchTicks(context, (event) => event.type === "storage", signal);
}
