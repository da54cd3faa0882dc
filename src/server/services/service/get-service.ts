import { desc, eq, getTableColumns, sql } from "drizzle-orm";
import type { InstanceView, ServiceView } from "@/contracts/service";
import { compareSettings, compareVariables } from "@/domain/deployment/compare-inputs";
import { AppError } from "@/domain/errors";
import type { ServiceSnapshot } from "@/domain/plan/types";
import type { ServiceContext } from "@/server/context";
import { environments, instances, projects, services } from "@/server/db/schema";
import { thawEnvironment } from "@/server/services/deployment/frozen-environment";
import { prepared } from "@/server/services/prepared";
import { readEnvironment } from "@/server/services/variable/read-environment";
import { isLatest, isLive, latest, live, summaryFacts, toServiceSummary } from "./service-summary";

const serviceStatement = prepared((db) =>
  db
    .select({
      facts: summaryFacts,
      desiredState: services.desiredState,
      organizationId: projects.organizationId,
      projectName: projects.name,
      environmentName: environments.name,
      id: services.id,
      source: services.source,
      build: services.build,
      runtime: services.runtime,
      guard: services.guard,
      hasGitToken: sql<boolean>`${services.gitTokenEncrypted} is not null`,
      liveReleaseId: sql<string | null>`${live.releaseId}`,
      liveSnapshot: sql<ServiceSnapshot | null>`${live.snapshot}`.mapWith(live.snapshot),
      liveEnvironment: sql<string | null>`${live.environmentEncrypted}`,
      latestError: latest.error,
    })
    .from(services)
    .innerJoin(projects, eq(projects.id, services.projectId))
    .innerJoin(environments, eq(environments.id, services.environmentId))
    .leftJoin(live, isLive)
    .leftJoin(latest, isLatest)
    .where(eq(services.id, sql.placeholder("serviceId")))
    .prepare("get_service"),
);

/** Throws not_found. */
export async function getService(context: ServiceContext, serviceId: string): Promise<ServiceView> {
  const [row] = await serviceStatement(context.db).execute({ serviceId });
  if (!row) throw new AppError("not_found");
  return {
    ...toServiceSummary(context, row.facts),
    organizationId: row.organizationId,
    projectName: row.projectName,
    environmentName: row.environmentName,
    build: row.build,
    runtime: row.runtime,
    guard: row.guard,
    hasGitToken: row.hasGitToken,
    desiredState: row.desiredState,
    liveReleaseId: row.liveReleaseId,
    liveRuntime: row.liveSnapshot?.runtime ?? null,
    latestError: row.latestError,
    instances: await readInstances(context, serviceId),
    changedSinceLive: await hasChanged(context, row),
  };
}

function readInstances({ db }: ServiceContext, serviceId: string): Promise<InstanceView[]> {
  const { serviceId: _, ...columns } = getTableColumns(instances);
  return db
    .select(columns)
    .from(instances)
    .where(eq(instances.serviceId, serviceId))
    .orderBy(desc(instances.startedAt), instances.releaseId, instances.replica);
}

type Row = Awaited<ReturnType<ReturnType<typeof serviceStatement>["execute"]>>[number];

/** Whether a deployment made now would differ from the live one in settings or variables. */
async function hasChanged(context: ServiceContext, row: Row): Promise<boolean> {
  const { id, source, liveSnapshot, liveEnvironment, build, runtime } = row;
  if (liveSnapshot === null || liveEnvironment === null) return false;
  if (compareSettings(liveSnapshot, { source, build, runtime }).length > 0) return true;
  const now = await readEnvironment(context.db, context, id);
  return compareVariables(thawEnvironment(context.cipher, liveEnvironment), now).length > 0;
}
