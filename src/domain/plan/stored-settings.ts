import type { RuntimeSettings, ServiceSnapshot } from "./types";

/** As some version of the platform wrote them: what a later one added is not there. */
export type StoredRuntime = Omit<RuntimeSettings, "readOnlyRoot"> & Partial<Pick<RuntimeSettings, "readOnlyRoot">>;
export type StoredSnapshot = Omit<ServiceSnapshot, "runtime"> & { runtime: StoredRuntime };

export function completeRuntime(stored: StoredRuntime): RuntimeSettings {
  return { ...stored, readOnlyRoot: stored.readOnlyRoot ?? false };
}

export function completeSnapshot(stored: StoredSnapshot): ServiceSnapshot {
  return { ...stored, runtime: completeRuntime(stored.runtime) };
}
