import { eq } from "drizzle-orm";
import { isAppError } from "@/domain/errors";
import { parseAddress } from "@/domain/instance-changes";
import { releaseRoute } from "@/domain/plan/service-route";
import type { Endpoint, RouteSpec } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";
import { instances } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/enqueue";
import type { Lease } from "@/server/services/lease/with-lease";
import { type DeploymentRow, loadDeployment } from "./loaded-deployment";
import { lookAtReplicas } from "./look-at-replicas";
import { orAbandon } from "./or-abandon";

/** An Engine that does not say by then where the live containers are is not waited for. */
const patienceMs = 300;

/**
 * Sends requests to the live release again, or to none where there is none. The route is written; the router has not
 * confirmed it yet. Returns it, and where requests may still be under way. Throws LeaseLost.
 */
export async function restoreRoute(
  context: WorkerContext,
  lease: Lease,
  row: DeploymentRow,
): Promise<{ from: Endpoint[]; to: RouteSpec | null }> {
  const { edge, db } = context;
  const mine = await loadDeployment(context, row.id);
  const liveId = mine?.service.liveDeploymentId ?? null;
  const live = liveId === null ? null : await loadDeployment(context, liveId);
  const { endpoints: from } = await findEndpoints(context, row);
  const found = live && (await findEndpoints(context, live.row));
  const to =
    live &&
    found &&
    releaseRoute(
      { serviceId: row.serviceId, releaseId: live.row.releaseId, hosts: live.row.snapshot.hosts },
      found.endpoints,
    );
  // A route file carries no fencing number: a worker that lost its lease must not write one.
  await lease.confirm();
  if (to) await edge.publish(to);
  else await edge.unpublish(row.serviceId);
  // Looks again once the Engine answers.
  if (found?.isRemembered) await enqueue(db, "service.converge", { serviceId: row.serviceId });
  return { from, to };
}

/** Where the release's containers are; where the Engine does not say, where they were seen last. */
async function findEndpoints(
  context: WorkerContext,
  { releaseId, snapshot }: DeploymentRow,
): Promise<{ endpoints: Endpoint[]; isRemembered: boolean }> {
  try {
    const looking = lookAtReplicas(context, releaseId, snapshot.runtime.replicas);
    const replicas = await orAbandon(looking, AbortSignal.timeout(patienceMs), 0);
    return { endpoints: replicas.flatMap(({ state }) => state?.endpoint ?? []), isRemembered: false };
  } catch (error) {
    const isTimeout = error instanceof DOMException && error.name === "TimeoutError";
    if (!isTimeout && !isAppError(error)) throw error;
    const seen = await context.db
      .select({ address: instances.address })
      .from(instances)
      .where(eq(instances.releaseId, releaseId));
    const endpoints = seen.flatMap(({ address }) => (address === null ? [] : [parseAddress(address)]));
    return { endpoints, isRemembered: true };
  }
}
