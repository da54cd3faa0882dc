/** What lists and pages show of a service: one query's columns, and the view made of a row. */
import { eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DeploymentRef, ServiceSummary } from "@/contracts/service";
import type { ServiceSource } from "@/domain/plan/types";
import { type HealthFacts, serviceHealth } from "@/domain/service-health";
import type { ServiceContext } from "@/server/context";
import { deployments, services } from "@/server/db/schema";
import { microsOf } from "@/server/services/pages";
import { type InstanceFact, instanceFacts, toInstanceFacts } from "./instance-facts";
import { serviceUrl } from "./service-url";

export const live = alias(deployments, "live");
export const latest = alias(deployments, "latest");

// The newest deployment is the one with the service's last number: a lookup in the unique index, not a sort.
export const isLive = eq(live.id, services.liveDeploymentId);
export const isLatest = sql`${latest.serviceId} = ${services.id} and ${latest.number} = ${services.lastDeploymentNumber}`;

function refColumns(table: typeof live | typeof latest) {
  return {
    id: table.id,
    number: table.number,
    status: table.status,
    commitSha: table.commitSha,
    commitMessage: sql<string | null>`split_part(${table.commitMessage}, E'\n', 1)`,
    createdAt: table.createdAt,
    finishedAt: table.finishedAt,
  };
}

export const summaryColumns = {
  id: services.id,
  projectId: services.projectId,
  environmentId: services.environmentId,
  name: services.name,
  slug: services.slug,
  platformHost: services.platformHost,
  source: services.source,
  desiredState: services.desiredState,
  createdAt: services.createdAt,
  micros: microsOf(services.createdAt),
  live: {
    ...refColumns(live),
    releaseId: live.releaseId,
    replicas: sql<number>`(${live.snapshot} -> 'runtime' ->> 'replicas')::int`,
  },
  latest: refColumns(latest),
  instances: instanceFacts,
};

/** Columns of a joined deployment: all null where there is none. */
type RefRow = { [Field in keyof DeploymentRef]: DeploymentRef[Field] | null };

export type SummaryRow = {
  id: string;
  projectId: string;
  environmentId: string;
  name: string;
  slug: string;
  platformHost: string;
  source: ServiceSource;
  desiredState: HealthFacts["desiredState"];
  createdAt: Date;
  micros: number;
  live: RefRow & { releaseId: string | null; replicas: number };
  latest: RefRow;
  instances: InstanceFact[];
};

export function toServiceSummary({ config, clock }: ServiceContext, row: SummaryRow): ServiceSummary {
  return {
    id: row.id,
    projectId: row.projectId,
    environmentId: row.environmentId,
    name: row.name,
    slug: row.slug,
    url: serviceUrl(config, row.platformHost),
    health: serviceHealth(toHealthFacts(row), clock.now()),
    source: row.source,
    liveDeployment: toRef(row.live),
    latestDeployment: toRef(row.latest),
    createdAt: row.createdAt,
  };
}

function toHealthFacts(row: SummaryRow): HealthFacts {
  return {
    desiredState: row.desiredState,
    latestStatus: row.latest.status,
    live: row.live.releaseId === null ? null : { releaseId: row.live.releaseId, replicas: row.live.replicas },
    instances: toInstanceFacts(row.instances),
  };
}

function toRef({ id, number, status, createdAt, ...rest }: RefRow): DeploymentRef | null {
  if (id === null || number === null || status === null || createdAt === null) return null;
  const { commitSha, commitMessage, finishedAt } = rest;
  return { id, number, status, commitSha, commitMessage, createdAt, finishedAt };
}
