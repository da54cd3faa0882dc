/** Routes as Traefik's API shows them (pkg/api of Traefik v3), as far as a confirmation looks. */
import type { Backend } from "./route-file";
import type { Route } from "./route-table";

export function describeRouter({ router }: Route) {
  const { name, rule, backend } = router;
  return { service: backend, rule, status: "enabled", name: `${name}@file`, provider: "file" };
}

export function describeBackend({ name, urls }: Backend) {
  const loadBalancer = { servers: urls.map((url) => ({ url })), passHostHeader: true };
  return { loadBalancer, status: "enabled", name: `${name}@file`, provider: "file", type: "loadbalancer" };
}

/** The counts of Traefik's overview, which supervisors ask to see whether the router answers. */
export function describeOverview(routers: number, services: number) {
  const count = (total: number) => ({ total, warnings: 0, errors: 0 });
  return { http: { routers: count(routers), services: count(services) }, providers: ["File"] };
}
