import { failuresUntilUnhealthy, type HealthSettings } from "@/domain/health/health-settings";
import { containerName, label, networkName } from "@/domain/naming";
import { commandVector } from "./command";
import { effectivePort } from "./effective-port";
import type { BuildPlan, ContainerSpec, EnvironmentVariable, ServiceSnapshot } from "./types";

/** A release: what was frozen in the deployment whose containers answer, and where it runs. */
export type Release = {
  instanceId: string;
  serviceId: string;
  serviceSlug: string;
  environmentId: string;
  releaseId: string;
  /** The exact image, by id: a tag may have moved since. */
  imageId: string;
  /** Given to the application as HELVETIA_COMMIT_SHA; null where it was made of no commit. */
  commitSha: string | null;
  snapshot: ServiceSnapshot;
  plan: BuildPlan | null;
  environment: EnvironmentVariable[];
  limits: { pids: number; stopGraceSeconds: number };
};

/** The container of one replica, counted from 0. Every input is frozen, so the same release gives the same container. */
export function containerSpec(release: Release, replica: number): ContainerSpec {
  const { runtime, build } = release.snapshot;
  const port = effectivePort(runtime, release.environment, release.plan);
  const own = Object.fromEntries(release.environment.map(({ key, value }) => [key, value]));
  // A generated image starts by its own command; elsewhere what the person typed replaces the image's.
  const typed = release.plan?.kind === "generated" ? null : build.startCommand;
  return {
    name: containerName(release.releaseId, replica),
    image: release.imageId,
    env: { ...(release.commitSha !== null && { HELVETIA_COMMIT_SHA: release.commitSha }), ...own, PORT: String(port) },
    labels: {
      [label.managed]: "true",
      [label.instance]: release.instanceId,
      [label.environment]: release.environmentId,
      [label.service]: release.serviceId,
      [label.release]: release.releaseId,
      [label.replica]: String(replica),
    },
    network: networkName(release.environmentId),
    networkAliases: [release.serviceSlug],
    command: typed === null ? null : commandVector(typed),
    port,
    memoryMib: runtime.memoryMib,
    cpuMillis: runtime.cpuMillis,
    pidsLimit: release.limits.pids,
    readOnlyRoot: runtime.readOnlyRoot,
    healthcheck: healthcheckOf(runtime.health),
    stopGraceSeconds: release.limits.stopGraceSeconds,
  };
}

function healthcheckOf({ check, intervalMs, timeoutMs, startPeriodMs }: HealthSettings): ContainerSpec["healthcheck"] {
  if (check.type !== "image") return null;
  return { intervalMs, timeoutMs, startPeriodMs: startPeriodMs ?? 0, failuresUntilUnhealthy };
}

/** The names of a release's containers, in the order of their replicas. */
export function replicaNames(releaseId: string, replicas: number): string[] {
  return Array.from({ length: replicas }, (_, replica) => containerName(releaseId, replica));
}
