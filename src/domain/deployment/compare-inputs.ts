/** What differs between the inputs of two deployments, in words for people. Values of variables stay out. */
import { describeHealth } from "@/domain/health/describe-check";
import type { EnvironmentVariable, ServiceSnapshot } from "@/domain/plan/types";

export type SettingDifference = { field: string; before: string; after: string };
export type VariableDifference = { key: string; change: "added" | "removed" | "changed" };

const notSet = "not set";

/** Settings by the name a person knows them by, in the order of the settings page. */
function describe(snapshot: Pick<ServiceSnapshot, "source" | "build" | "runtime">): Record<string, string> {
  const { source, build, runtime } = snapshot;
  const from: Record<string, string> =
    source.type === "git"
      ? { Repository: source.url, Branch: source.branch, "Root directory": source.rootDirectory || "/" }
      : { Image: source.reference };
  return {
    ...from,
    Builder: build.builder,
    "Dockerfile path": build.dockerfilePath ?? notSet,
    "Install command": build.installCommand ?? notSet,
    "Build command": build.buildCommand ?? notSet,
    "Start command": build.startCommand ?? notSet,
    "Output directory": build.outputDirectory ?? notSet,
    Port: runtime.port === null ? notSet : String(runtime.port),
    "Health check": describeHealth(runtime.health),
    Memory: `${runtime.memoryMib} MiB`,
    CPU: `${runtime.cpuMillis / 1000} cores`,
    Replicas: String(runtime.replicas),
    "File system": runtime.readOnlyRoot ? "read-only" : "writable",
  };
}

export function compareSettings(
  before: Pick<ServiceSnapshot, "source" | "build" | "runtime">,
  after: Pick<ServiceSnapshot, "source" | "build" | "runtime">,
): SettingDifference[] {
  const old = describe(before);
  const fresh = describe(after);
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .map((field) => ({ field, before: old[field] ?? notSet, after: fresh[field] ?? notSet }))
    .filter((entry) => entry.before !== entry.after);
}

/** A variable that became secret, or ceased to be, has changed: builds see plain ones only. */
export function compareVariables(before: EnvironmentVariable[], after: EnvironmentVariable[]): VariableDifference[] {
  const old = new Map(before.map((entry) => [entry.key, entry]));
  const fresh = new Map(after.map((entry) => [entry.key, entry]));
  const keys = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  return keys.flatMap((key): VariableDifference[] => {
    const was = old.get(key);
    const is = fresh.get(key);
    if (!was) return [{ key, change: "added" }];
    if (!is) return [{ key, change: "removed" }];
    return was.value === is.value && was.secret === is.secret ? [] : [{ key, change: "changed" }];
  });
}
