import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, isNotNull, isNull } from "drizzle-orm";
import type { WarmRelease } from "@/domain/deployment/warm-releases";
import { label } from "@/domain/naming";
import type { Endpoint } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import { notify } from "@/server/events";
import { listReleaseUsers } from "./list-release-users";

const firstWaitMs = 50;
const longestWaitMs = 1_000;

/**
 * Waits until nothing is under way to a replaced release, at most for the grace since its replacement; what is left then is
 * cut, and counted. Stops where the release is wanted again. Throws the signal's reason.
 */
export async function drainRelease(
  context: WorkerContext,
  { releaseId, retiredAt }: WarmRelease,
  signal: AbortSignal,
): Promise<void> {
  const { edge, clock, config } = context;
  const endpoints = await endpointsOf(context, releaseId);
  const deadline = retiredAt.getTime() + config.deploy.drainGraceMs;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    signal.throwIfAborted();
    const users = await listReleaseUsers(context.db, releaseId);
    if (users.length === 0) return;
    const wanted = users.some((user) => !user.warm);
    const underWay = endpoints.length === 0 ? 0 : await edge.inFlight(endpoints);
    if (!wanted && underWay === 0) return recordDrained(context, releaseId, 0);
    const leftMs = deadline - clock.now().getTime();
    if (!wanted && leftMs <= 0) return recordDrained(context, releaseId, await edge.cut(endpoints));
    await sleep(leftMs > 0 ? Math.min(waitMs, leftMs) : waitMs, undefined, { signal });
  }
}

async function endpointsOf({ engine, config }: WorkerContext, releaseId: string): Promise<Endpoint[]> {
  const containers = await engine.listContainers({ [label.instance]: config.instanceId, [label.release]: releaseId });
  return containers.flatMap(({ endpoint }) => (endpoint ? [endpoint] : []));
}

async function recordDrained({ db, clock }: WorkerContext, releaseId: string, cut: number | null): Promise<void> {
  const drained = await db
    .update(deployments)
    .set({ drainedAt: clock.now(), cutConnections: cut })
    .where(and(eq(deployments.releaseId, releaseId), isNotNull(deployments.warmUntil), isNull(deployments.drainedAt)))
    .returning({ id: deployments.id, serviceId: deployments.serviceId, projectId: deployments.projectId });
  for (const { id, serviceId, projectId } of drained) {
    await notify(db, { type: "deployment", projectId, serviceId, deploymentId: id });
  }
}
