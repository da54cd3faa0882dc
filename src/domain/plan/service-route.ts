import type { Endpoint, RouteSpec } from "./types";

/** The route to the replicas of a release that can take requests; without any, the page for a crashing application. */
export function releaseRoute(
  release: { serviceId: string; releaseId: string; hosts: string[] },
  endpoints: Endpoint[],
): RouteSpec {
  return {
    serviceId: release.serviceId,
    releaseId: release.releaseId,
    hosts: release.hosts,
    endpoints,
    state: endpoints.length > 0 ? "running" : "crashing",
  };
}

/** The page that says the application was stopped. */
export function stoppedRoute(serviceId: string, hosts: string[]): RouteSpec {
  return { serviceId, releaseId: null, hosts, endpoints: [], state: "stopped" };
}
