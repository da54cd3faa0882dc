import { and, eq, inArray } from "drizzle-orm";
import type { WaitingDeployment } from "@/domain/deployment/choose-next";
import { unfinishedStatuses } from "@/domain/deployment/status";
import type { Db } from "@/server/db/client";
import { deployments } from "@/server/db/schema";

/** The deployments of a service that are not over. */
export async function listWaiting(db: Db, serviceId: string): Promise<WaitingDeployment[]> {
  const rows = await db
    .select({
      id: deployments.id,
      number: deployments.number,
      status: deployments.status,
      cancelRequestedAt: deployments.cancelRequestedAt,
    })
    .from(deployments)
    .where(and(eq(deployments.serviceId, serviceId), inArray(deployments.status, unfinishedStatuses)));
  return rows.map(({ cancelRequestedAt, ...row }) => ({ ...row, cancelRequested: cancelRequestedAt !== null }));
}
