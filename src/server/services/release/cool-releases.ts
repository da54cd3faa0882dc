import { and, eq } from "drizzle-orm";
import { sortWarmReleases } from "@/domain/deployment/warm-releases";
import type { WorkerContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/enqueue";
import { withServiceLease } from "@/server/services/deployment-run/with-service-lease";
import type { Lease } from "@/server/services/lease/with-lease";
import { drainRelease } from "./drain-release";
import { listReleaseUsers } from "./list-release-users";
import { listWarmReleases } from "./list-warm-releases";
import { removeRelease } from "./remove-release";

/** Until requests that last longer, or a service that is worked on, are looked at again. */
const againMs = 1_000;

/**
 * After a cutover: lets what is under way to replaced releases end, stops those that are too many or whose window is
 * over, and comes back when the next window closes. May run twice and at any time.
 */
export async function coolReleases(context: WorkerContext, serviceId: string, signal: AbortSignal): Promise<void> {
  const { db, clock, config } = context;
  const undrained = (await listWarmReleases(db, serviceId)).filter((release) => !release.drained);
  const drains = await Promise.all(undrained.map((release) => drainRelease(context, release, signal)));

  const { cold, nextAt } = sortWarmReleases(await listWarmReleases(db, serviceId), config.deploy, clock.now());
  const stopped =
    cold.length === 0 ||
    (await withServiceLease(context, serviceId, signal, (lease) => stopCold(context, lease, serviceId))).held;
  const isDone = stopped && !drains.includes("later");
  const againAt = isDone ? nextAt : new Date(clock.now().getTime() + againMs);
  if (againAt) await enqueue(db, "release.cool", { serviceId }, { runAt: againAt });
}

/** Under the lease, so that no rollback begins to use what is being stopped. */
async function stopCold(context: WorkerContext, lease: Lease, serviceId: string): Promise<void> {
  const { db, clock, config } = context;
  const { cold } = sortWarmReleases(await listWarmReleases(db, serviceId), config.deploy, clock.now());
  for (const { releaseId } of cold) {
    const users = await listReleaseUsers(db, releaseId);
    if (users.some((user) => !user.warm)) continue;
    lease.signal.throwIfAborted();
    await removeRelease(context, releaseId, config.deploy.stopGraceSeconds);
    await db
      .update(deployments)
      .set({ warmUntil: null })
      .where(and(eq(deployments.releaseId, releaseId), eq(deployments.status, "retired")));
  }
}
