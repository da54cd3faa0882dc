import { defaultHealth, type HealthSettings, healthByPath } from "@/domain/health/health-settings";
import type { RuntimeSettings, ServiceSnapshot } from "./types";

/** As some version of the platform wrote them: what a later one added is not there. */
export type StoredRuntime = Omit<RuntimeSettings, "readOnlyRoot" | "health"> & {
  readOnlyRoot?: boolean;
  health?: HealthSettings;
  /** In place of `health`, before that was: null for an open port. */
  healthPath?: string | null;
};
export type StoredSnapshot = Omit<ServiceSnapshot, "runtime"> & { runtime: StoredRuntime };

export function completeRuntime({ healthPath, ...stored }: StoredRuntime): RuntimeSettings {
  return {
    ...stored,
    readOnlyRoot: stored.readOnlyRoot ?? false,
    health: stored.health ?? (healthPath ? healthByPath(healthPath) : defaultHealth),
  };
}

export function completeSnapshot(stored: StoredSnapshot): ServiceSnapshot {
  return { ...stored, runtime: completeRuntime(stored.runtime) };
}
