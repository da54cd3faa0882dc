import { limitInWords } from "@/domain/deployment/limits";
import { AppError, isAppError } from "@/domain/errors";
import { releaseRoute } from "@/domain/plan/service-route";
import type { Endpoint } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";
import type { Lease } from "@/server/services/lease/with-lease";
import { type DeploymentRow, phaseLimits } from "./loaded-deployment";
import { lookAtReplicas } from "./look-at-replicas";
import { superviseReplicas } from "./supervise-replicas";

/**
 * Sends requests to the release: has the Engine keep its containers running from now on, writes its route and waits until
 * the router says that it applied it. Throws route_not_applied, engine_unavailable, LeaseLost.
 */
export async function publishRelease(
  context: WorkerContext,
  lease: Lease,
  row: DeploymentRow,
  signal: AbortSignal,
): Promise<void> {
  const { edge, config } = context;
  const replicas = await lookAtReplicas(context, row.releaseId, row.snapshot.runtime.replicas);
  const endpoints = replicas.flatMap((replica): Endpoint[] =>
    replica.state?.endpoint ? [replica.state.endpoint] : [],
  );
  const route = releaseRoute(
    { serviceId: row.serviceId, releaseId: row.releaseId, hosts: row.snapshot.hosts },
    endpoints,
  );
  await superviseReplicas(context.engine, replicas);
  // A route file carries no fencing number: a worker that lost its lease must not write one.
  await lease.confirm();
  // Nor must one whose step was given up meanwhile: the former route may be back in place.
  signal.throwIfAborted();
  await edge.publish(route);
  try {
    await edge.confirm(route, config.deploy.routeTimeoutMs, signal);
  } catch (error) {
    if (!isAppError(error, "route_not_applied")) throw error;
    const limit = limitInWords(phaseLimits(config), "routeMs");
    const message = `The router did not take over the new route within ${limit}.`;
    throw new AppError("route_not_applied", {
      message,
      cause: error,
      ...(error.details && { details: error.details }),
    });
  }
}
