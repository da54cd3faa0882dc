/**
 * What lists and pages show of a service: what one query selects, and the view made of a row. A row is one JSON array,
 * because lists are read often, and taking thirty columns apart costs the web process more than PostgreSQL the query.
 */
import { eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DeploymentRef, ServiceSummary } from "@/contracts/service";
import type { DeploymentStatus } from "@/domain/deployment/status";
import type { ServiceSource } from "@/domain/plan/types";
import { type HealthFacts, serviceHealth } from "@/domain/service-health";
import type { ServiceContext } from "@/server/context";
import { deployments, services } from "@/server/db/schema";
import { type InstanceFact, instanceFacts, toInstanceFacts } from "./instance-facts";
import { serviceUrl } from "./service-url";

export const live = alias(deployments, "live");
export const latest = alias(deployments, "latest");

// The newest deployment is the one with the service's last number: a lookup in the unique index, not a sort.
export const isLive = eq(live.id, services.liveDeploymentId);
export const isLatest = sql`${latest.serviceId} = ${services.id} and ${latest.number} = ${services.lastDeploymentNumber}`;

type RefFacts = [
  id: string | null,
  number: number,
  status: DeploymentStatus,
  commitSha: string | null,
  commitMessage: string | null,
  createdAt: string,
  finishedAt: string | null,
];

function refFacts(table: typeof live | typeof latest): SQL {
  return sql`json_build_array(${table.id}, ${table.number}, ${table.status}, ${table.commitSha},
    split_part(${table.commitMessage}, E'\n', 1), ${table.createdAt}, ${table.finishedAt})`;
}

export type SummaryFacts = [
  id: string,
  projectId: string,
  environmentId: string,
  name: string,
  slug: string,
  platformHost: string,
  source: ServiceSource,
  desiredState: HealthFacts["desiredState"],
  createdAt: string,
  live: RefFacts,
  liveReleaseId: string | null,
  liveReplicas: number,
  latest: RefFacts,
  instances: InstanceFact[],
];

/** Of a query that joins `live` and `latest` to `services`. */
export const summaryFacts = sql<SummaryFacts>`json_build_array(
  ${services.id}, ${services.projectId}, ${services.environmentId}, ${services.name}, ${services.slug},
  ${services.platformHost}, ${services.source}, ${services.desiredState}, ${services.createdAt},
  ${refFacts(live)}, ${live.releaseId}, (${live.snapshot} -> 'runtime' ->> 'replicas')::int,
  ${refFacts(latest)}, ${instanceFacts})`;

export function toServiceSummary({ config, clock }: ServiceContext, facts: SummaryFacts): ServiceSummary {
  const [id, projectId, environmentId, name, slug, platformHost, source, desiredState, createdAt, ...rest] = facts;
  const [liveRef, releaseId, replicas, latestRef, instances] = rest;
  const latestDeployment = toRef(latestRef);
  const health: HealthFacts = {
    desiredState,
    latestStatus: latestDeployment?.status ?? null,
    live: releaseId === null ? null : { releaseId, replicas },
    instances: toInstanceFacts(instances),
  };
  return {
    id,
    projectId,
    environmentId,
    name,
    slug,
    url: serviceUrl(config, platformHost),
    health: serviceHealth(health, clock.now()),
    source,
    liveDeployment: toRef(liveRef),
    latestDeployment,
    createdAt,
  };
}

function toRef([id, number, status, commitSha, commitMessage, createdAt, finishedAt]: RefFacts): DeploymentRef | null {
  if (id === null) return null;
  return { id, number, status, commitSha, commitMessage, createdAt, finishedAt };
}
