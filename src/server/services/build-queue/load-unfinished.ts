import { and, eq, type SQL, sql } from "drizzle-orm";
import type { QueuedDeployment } from "@/domain/deployment/build-queue";
import { unfinishedStatuses } from "@/domain/deployment/status";
import type { Db } from "@/server/db/client";
import { deployments, leases, projects } from "@/server/db/schema";

/** Whether somebody works on the service at this moment. */
export const serviceIsHeld: SQL<boolean> = sql<boolean>`exists (
  select from ${leases}
  where ${leases.key} = 'service:' || ${deployments.serviceId} and ${leases.expiresAt} > clock_timestamp())`;

// As text, not as parameters: a plan that is made once, for any of them, would not use the index of these few.
const statuses = sql.raw(unfinishedStatuses.map((status) => `'${status}'`).join(", "));
const isUnfinished = sql`${deployments.status} in (${statuses})`;

export type UnfinishedDeployment = QueuedDeployment & { organizationId: string };

/** Every deployment that is not over: of the instance, or of one service. */
export async function loadUnfinished(db: Db, serviceId: string | null = null): Promise<UnfinishedDeployment[]> {
  const rows = await db
    .select({
      id: deployments.id,
      serviceId: deployments.serviceId,
      projectId: deployments.projectId,
      number: deployments.number,
      status: deployments.status,
      createdAt: deployments.createdAt,
      buildSkipped: deployments.buildSkipped,
      cancelRequestedAt: deployments.cancelRequestedAt,
      isHeld: serviceIsHeld,
      projectTurnAt: projects.buildTurnAt,
      organizationId: projects.organizationId,
    })
    .from(deployments)
    .innerJoin(projects, eq(projects.id, deployments.projectId))
    .where(and(isUnfinished, serviceId === null ? undefined : eq(deployments.serviceId, serviceId)));
  return rows.map(({ buildSkipped, cancelRequestedAt, ...row }) => ({
    ...row,
    keptImage: buildSkipped === "rollback",
    cancelRequested: cancelRequestedAt !== null,
  }));
}
