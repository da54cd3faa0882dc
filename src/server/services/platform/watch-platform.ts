import type { ChangeTick } from "@/contracts/change";
import type { UserContext } from "@/server/context";
import { watchTicks } from "@/server/services/changes/watch-ticks";

/** Ticks for the platform alone: for pages that watch nothing else, since every stream of ticks brings these. */
export function watchPlatform(context: UserContext, signal: AbortSignal): AsyncGenerator<ChangeTick, void> {
  return watchTicks(context, () => false, signal);
}
