import { and, eq } from "drizzle-orm";
import { sortWarmReleases, type WarmRelease } from "@/domain/deployment/warm-releases";
import type { WorkerContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/enqueue";
import { releaseLeaseKey } from "@/server/services/lease/lease";
import { withLease } from "@/server/services/lease/with-lease";
import { drainRelease } from "./drain-release";
import { listReleaseUsers } from "./list-release-users";
import { listWarmReleases } from "./list-warm-releases";
import { removeRelease } from "./remove-release";

/** Until requests that last longer, or a release that somebody else is at, are looked at again. */
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
  const stopped = await Promise.all(cold.map((release) => stopCold(context, release, signal)));
  const isDone = !stopped.includes("busy") && !drains.includes("later");
  const againAt = isDone ? nextAt : new Date(clock.now().getTime() + againMs);
  if (againAt) await enqueue(db, "release.cool", { serviceId }, { runAt: againAt });
}

/**
 * Under a lease of the release alone: nobody begins to go back to what is being stopped, and an application that takes
 * its time to end holds up no deployment of its service.
 */
async function stopCold(
  context: WorkerContext,
  { releaseId }: WarmRelease,
  signal: AbortSignal,
): Promise<"stopped" | "wanted" | "busy"> {
  const { db, config } = context;
  const done = await withLease(context, releaseLeaseKey(releaseId), signal, async (lease) => {
    const users = await listReleaseUsers(db, releaseId);
    if (users.some((user) => !user.warm)) return "wanted";
    lease.signal.throwIfAborted();
    await removeRelease(context, releaseId, config.deploy.stopGraceSeconds);
    await db
      .update(deployments)
      .set({ warmUntil: null })
      .where(and(eq(deployments.releaseId, releaseId), eq(deployments.status, "retired")));
    return "stopped";
  });
  return done.held ? done.result : "busy";
}
