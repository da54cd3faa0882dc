import type { ChangeTick } from "@/contracts/change";
import type { UserContext } from "@/server/context";
import { watchTicks } from "@/server/services/changes/watch-ticks";

/** Ticks for disks, cleanups and strays. */
export function watchStorage(context: UserContext, signal: AbortSignal): AsyncGenerator<ChangeTick, void> {
  return watchTicks(context, (event) => event.type === "storage", signal);
}
