import type { ChangeTick } from "@/contracts/change";
import type { UserContext } from "@/server/context";
import { watchTicks } from "@/server/services/changes/watch-ticks";

/** Ticks for the project, its services and their deployments. */
export function watchProject(
  context: UserContext,
  projectId: string,
  signal: AbortSignal,
): AsyncGenerator<ChangeTick, void> {
  return watchTicks(context, (event) => "projectId" in event && event.projectId === projectId, signal);
}
