import { and, eq, inArray, isNotNull, max, sql } from "drizzle-orm";
import { type DeploymentStatus, isFinished, unfinishedStatuses } from "@/domain/deployment/status";
import type { ImageUse } from "@/domain/retention";
import type { Db, Tx } from "@/server/db/client";
import { deployments } from "@/server/db/schema";

type OwnedUse = ImageUse & { serviceId: string };

const isWarm = sql<boolean>`${deployments.warmUntil} is not null`;
const wasLive = sql<boolean>`${deployments.liveAt} is not null`;
const usedAt = sql`max(coalesce(${deployments.retiredAt}, ${deployments.finishedAt}, ${deployments.createdAt}))`;

/**
 * Which images the deployments of one service, or of all (null), name and why. Deployments of one image that say the same
 * of it come as one, the newest: a service may have thousands.
 */
export async function loadImageUses(db: Db | Tx, serviceId: string | null): Promise<OwnedUse[]> {
  const scope = serviceId === null ? undefined : eq(deployments.serviceId, serviceId);
  const { imageReference, status, number } = deployments;
  const named = await db
    .select({
      ...{ serviceId: deployments.serviceId, imageReference, status, isWarm, wasLive },
      number: max(number),
      usedAt: usedAt.mapWith(deployments.createdAt),
    })
    .from(deployments)
    .where(and(scope, isNotNull(imageReference)))
    .groupBy(deployments.serviceId, imageReference, status, isWarm, wasLive);
  const building = await db
    .select({
      ...{ serviceId: deployments.serviceId, deploymentId: deployments.id, imageReference, number },
      usedAt: deployments.createdAt,
    })
    .from(deployments)
    .where(and(scope, inArray(status, unfinishedStatuses)));
  return [
    ...named.map((row) => ({ ...row, deploymentId: null, number: row.number ?? 0, need: needOf(row) })),
    ...building.map((row) => ({ ...row, need: "unfinished" as const, wasLive: false })),
  ];
}

function needOf({ status, isWarm: warm }: { status: DeploymentStatus; isWarm: boolean }): ImageUse["need"] {
  if (status === "live") return "live";
  if (!isFinished(status)) return "unfinished";
  return warm ? "warm" : null;
}
