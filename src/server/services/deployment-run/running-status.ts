import type { RunningStatus } from "@/domain/deployment/decision";
import { type DeploymentStatus, isFinished } from "@/domain/deployment/status";

/** A status in which there is work to do. */
export function isRunning(status: DeploymentStatus): status is RunningStatus {
  return !isFinished(status);
}

/** What fetches and builds takes one of the worker's slots; what starts from a kept image does not. */
export function needsBuildSlot(status: RunningStatus, keptImage: boolean): boolean {
  return !keptImage && (status === "queued" || status === "fetching" || status === "building");
}

/** Whether looking at the world in this status asks the Engine. */
export function asksEngine(status: RunningStatus): boolean {
  return status === "releasing" || status === "verifying" || status === "routing";
}
