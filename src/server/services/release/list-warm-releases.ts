import { and, eq, isNotNull } from "drizzle-orm";
import type { WarmRelease } from "@/domain/deployment/warm-releases";
import type { Db } from "@/server/db/client";
import { deployments } from "@/server/db/schema";

/** The replaced releases of a service that still run. Several deployments may share one. */
export async function listWarmReleases(db: Db, serviceId: string): Promise<WarmRelease[]> {
  const rows = await db
    .select({
      releaseId: deployments.releaseId,
      retiredAt: deployments.retiredAt,
      warmUntil: deployments.warmUntil,
      drainedAt: deployments.drainedAt,
    })
    .from(deployments)
    .where(and(eq(deployments.serviceId, serviceId), isNotNull(deployments.warmUntil)))
    .orderBy(deployments.retiredAt);
  const releases = new Map<string, WarmRelease>();
  for (const { releaseId, retiredAt, warmUntil, drainedAt } of rows) {
    if (!warmUntil) continue;
    releases.set(releaseId, { releaseId, retiredAt: retiredAt ?? warmUntil, warmUntil, drained: drainedAt !== null });
  }
  return [...releases.values()];
}
