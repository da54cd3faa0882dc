import { eq } from "drizzle-orm";
import type { FrozenDeployment } from "@/domain/deployment/decision";
import type { PhaseLimits } from "@/domain/deployment/limits";
import { isFinished } from "@/domain/deployment/status";
import { healthLimitMs } from "@/domain/health/health-settings";
import type { Release } from "@/domain/plan/container";
import type { EnvironmentVariable } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";
import { deployments, environments, services } from "@/server/db/schema";
import type { GitLocation } from "@/server/ports";
import { thawEnvironment } from "@/server/services/deployment/frozen-environment";

export type DeploymentRow = typeof deployments.$inferSelect;

export type LoadedDeployment = {
  row: DeploymentRow;
  service: typeof services.$inferSelect;
  subnetIndex: number;
  environment: EnvironmentVariable[];
  /** What must not show up in a log. */
  secrets: string[];
};

/** A deployment with all it needs to be worked on; null where there is none. */
export async function loadDeployment(
  { db, cipher }: Pick<WorkerContext, "db" | "cipher">,
  deploymentId: string,
): Promise<LoadedDeployment | null> {
  const [found] = await db
    .select({ row: deployments, service: services, subnetIndex: environments.subnetIndex })
    .from(deployments)
    .innerJoin(services, eq(services.id, deployments.serviceId))
    .innerJoin(environments, eq(environments.id, services.environmentId))
    .where(eq(deployments.id, deploymentId));
  if (!found) return null;
  const environment = thawEnvironment(cipher, found.row.environmentEncrypted);
  const secrets = environment.filter((one) => one.secret).map((one) => one.value);
  const token = found.row.gitTokenEncrypted;
  if (token !== null) secrets.push(cipher.decrypt(token).reveal());
  return { ...found, environment, secrets };
}

export function isOver(loaded: LoadedDeployment): boolean {
  return isFinished(loaded.row.status);
}

export function frozenDeployment({ row }: LoadedDeployment, config: WorkerContext["config"]): FrozenDeployment {
  return {
    source: row.snapshot.source.type,
    keptImage: row.buildSkipped === "rollback",
    health: row.snapshot.runtime.health,
    memoryMib: row.snapshot.runtime.memoryMib,
    limits: {
      ...phaseLimits(config),
      healthMs: healthLimitMs(row.snapshot.runtime.health, config.deploy.healthTimeoutMs),
    },
  };
}

export function phaseLimits({ deploy }: WorkerContext["config"]): PhaseLimits {
  return {
    fetchMs: deploy.fetchTimeoutMs,
    buildMs: deploy.buildTimeoutMs,
    releaseMs: deploy.releaseTimeoutMs,
    healthMs: deploy.healthTimeoutMs,
    routeMs: deploy.routeTimeoutMs,
    engineMs: deploy.engineWaitMs,
  };
}

/** The containers that answer for a deployment. Null before its image is known. */
export function releaseOf(loaded: LoadedDeployment, config: WorkerContext["config"]): Release | null {
  const { row, service, environment } = loaded;
  if (row.imageId === null) return null;
  return {
    instanceId: config.instanceId,
    serviceId: service.id,
    serviceSlug: service.slug,
    environmentId: service.environmentId,
    releaseId: row.releaseId,
    imageId: row.imageId,
    commitSha: row.commitSha,
    snapshot: row.snapshot,
    plan: row.plan,
    environment,
    limits: { pids: config.limits.containerPids, stopGraceSeconds: config.deploy.stopGraceSeconds },
  };
}

/** Where the code comes from; null for a service that brings its own image. */
export function gitSource({ row }: LoadedDeployment, { cipher }: Pick<WorkerContext, "cipher">) {
  const { source } = row.snapshot;
  if (source.type !== "git") return null;
  const token = row.gitTokenEncrypted === null ? null : cipher.decrypt(row.gitTokenEncrypted);
  const location: GitLocation = { url: source.url, token };
  return { location, branch: source.branch, rootDirectory: source.rootDirectory };
}
