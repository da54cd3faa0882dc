import { isAppError } from "@/domain/errors";
import type { RouteSpec } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";
import type { Lease } from "@/server/services/lease/with-lease";

/**
 * Publishes a route where there is no way back: a router that does not confirm it is down, and reads the file when it
 * comes back. Throws LeaseLost, since a route file carries no fencing number.
 */
export async function publishRoute(context: WorkerContext, lease: Lease, route: RouteSpec): Promise<void> {
  const { edge, config, log } = context;
  await lease.confirm();
  await edge.publish(route);
  try {
    await edge.confirm(route, config.deploy.routeTimeoutMs, lease.signal);
  } catch (error) {
    if (!isAppError(error, "route_not_applied")) throw error;
    log.warn({ err: error, serviceId: route.serviceId }, "a route is written but was not confirmed");
  }
}
