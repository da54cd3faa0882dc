/**
 * Renders what the router should know of a service as a Traefik v3 dynamic configuration (file provider). The embedded
 * edge reads the same object. Each service is one file, so names carry the ids and never meet those of another file.
 */
import { AppError } from "@/domain/errors";
import { backendName, placeholderName, routerName } from "@/domain/naming";
import type { Endpoint, RouteSpec } from "./types";

export type RouteConfiguration = {
  http: {
    routers: Record<string, { rule: string; service: string }>;
    services: Record<string, { loadBalancer: { passHostHeader: true; servers: { url: string }[] } }>;
  };
};

/**
 * `passHostHeader` is Traefik's default; it is written out because Traefik's decoder refuses a load balancer without
 * any field, which one without servers would be. Throws invalid_input for a host that is not a plain name.
 */
export function renderRoute(route: RouteSpec): RouteConfiguration {
  const { router, backend, servers } = describeRoute(route);
  return {
    http: {
      routers: { [router]: { rule: hostRule(route.hosts), service: backend } },
      services: { [backend]: { loadBalancer: { passHostHeader: true, servers: servers.map((url) => ({ url })) } } },
    },
  };
}

/** The names under which the router knows this route, and where it sends: what a confirmation compares. */
export function describeRoute(route: RouteSpec): { router: string; backend: string; servers: string[] } {
  const router = routerName(route.serviceId);
  if (route.state === "stopped" || route.releaseId === null || route.endpoints.length === 0) {
    const reason = route.state === "stopped" ? "stopped" : "crashing";
    return { router, backend: placeholderName(route.serviceId, reason), servers: [] };
  }
  return { router, backend: backendName(route.releaseId), servers: route.endpoints.map(endpointUrl) };
}

function endpointUrl(endpoint: Endpoint): string {
  const host = endpoint.host.includes(":") ? `[${endpoint.host}]` : endpoint.host;
  return `http://${host}:${endpoint.port}`;
}

/** Traefik's rule for these hosts. Only plain names get in, so nobody can write rule syntax through a host name. */
export function hostRule(hosts: string[]): string {
  const refused = hosts.find((host) => !isPlainHost(host));
  if (refused !== undefined || hosts.length === 0) {
    throw new AppError("invalid_input", {
      message: refused === undefined ? "A route needs a host name." : `"${refused}" is not a host name.`,
      fix: "Use a lower-case DNS name such as shop.example.com.",
      details: { fields: { hosts: "not a plain host name" } },
    });
  }
  return hosts.map((host) => `Host(\`${host}\`)`).join(" || ");
}

/** RFC 1123 section 2.1 host name, lower-case, at most 253 octets: letters, digits, inner hyphens, no wildcard, no trailing dot. */
export function isPlainHost(host: string): boolean {
  const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
  return host.length <= 253 && host.split(".").every((part) => label.test(part));
}
