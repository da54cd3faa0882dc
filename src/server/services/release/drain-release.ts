import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, isNotNull, isNull } from "drizzle-orm";
import type { WarmRelease } from "@/domain/deployment/warm-releases";
import { isAppError } from "@/domain/errors";
import { label } from "@/domain/naming";
import type { Endpoint } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import { notify } from "@/server/events";
import { listReleaseUsers } from "./list-release-users";

const firstWaitMs = 50;
const longestWaitMs = 500;
/** Most responses end within moments. What lasts longer is looked at again by a later job, so that drains hold up no others. */
const patienceMs = 2_000;

/**
 * Waits until nothing is under way to a replaced release, at most for the grace since its replacement; what is left then is
 * cut, and counted. "later": something is still under way. Stops where the release is wanted again. Throws the signal's
 * reason.
 */
export async function drainRelease(
  context: WorkerContext,
  { releaseId, retiredAt }: WarmRelease,
  signal: AbortSignal,
): Promise<"drained" | "later"> {
  const { clock, config } = context;
  const endpoints = await endpointsOf(context, releaseId);
  const deadline = retiredAt.getTime() + config.deploy.drainGraceMs;
  const begun = clock.now().getTime();
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    signal.throwIfAborted();
    const users = await listReleaseUsers(context.db, releaseId);
    if (users.length === 0) return "drained";
    const wanted = users.some((user) => !user.warm);
    const now = clock.now().getTime();
    if (!wanted) {
      const ended = await endRequests(context, endpoints, now >= deadline);
      if (ended) {
        await recordDrained(context, releaseId, ended.cut);
        return "drained";
      }
    }
    if (now - begun >= patienceMs) return "later";
    await sleep(Math.min(waitMs, Math.max(firstWaitMs, deadline - now)), undefined, { signal });
  }
}

/**
 * Whether nothing is under way any more, and how many had to be cut for that. A router that does not answer holds no
 * requests, or is one that cannot tell: both are given the whole grace.
 */
async function endRequests(
  { edge }: WorkerContext,
  endpoints: Endpoint[],
  isLate: boolean,
): Promise<{ cut: number | null } | null> {
  if (endpoints.length === 0) return { cut: 0 };
  try {
    if ((await edge.inFlight(endpoints)) === 0) return { cut: 0 };
    return isLate ? { cut: await edge.cut(endpoints) } : null;
  } catch (error) {
    if (!isAppError(error, "router_unavailable")) throw error;
    return isLate ? { cut: null } : null;
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
