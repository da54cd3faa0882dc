/**
 * Reads the part of a Traefik dynamic configuration that this router understands: routers whose rule names hosts, and
 * load balancers of plain HTTP servers. Anything else is refused aloud, never half obeyed.
 */
import { parse } from "yaml";
import { isPlainHost } from "@/domain/plan/route";
import type { Endpoint } from "@/domain/plan/types";

export type Router = { name: string; rule: string; hosts: string[]; backend: string };
export type Backend = { name: string; urls: string[]; endpoints: Endpoint[] };
export type RouteFile = { routers: Router[]; backends: Backend[] };

/** Throws an Error that names what is wrong. */
export function readRouteFile(text: string): RouteFile {
  const http = record(record(parse(text), "file").http, "http");
  const backends = Object.entries(record(http.services ?? {}, "http.services")).map(readBackend);
  const routers = Object.entries(record(http.routers ?? {}, "http.routers")).map(readRouter);
  for (const router of routers) {
    if (!backends.some((backend) => backend.name === router.backend)) {
      throw new Error(`router ${router.name} names the service ${router.backend}, which the file does not define`);
    }
  }
  return { routers, backends };
}

function readRouter([name, value]: [string, unknown]): Router {
  const router = record(value, name);
  const rule = text(router.rule, `${name}.rule`);
  return { name, rule, hosts: readRule(rule), backend: text(router.service, `${name}.service`) };
}

function readRule(rule: string): string[] {
  return rule.split("||").map((part) => {
    const host = /^\s*Host\(`([^`]*)`\)\s*$/.exec(part)?.[1];
    if (host === undefined || !isPlainHost(host)) throw new Error(`the rule "${rule}" is not a list of Host(\`name\`)`);
    return host;
  });
}

function readBackend([name, value]: [string, unknown]): Backend {
  const balancer = record(record(value, name).loadBalancer, `${name}.loadBalancer`);
  const servers = balancer.servers ?? [];
  if (!Array.isArray(servers)) throw new Error(`${name}.loadBalancer.servers is not a list`);
  const urls = servers.map((server, index) => text(record(server, `${name}[${index}]`).url, `${name}[${index}].url`));
  return { name, urls, endpoints: urls.map(readUrl) };
}

function readUrl(url: string): Endpoint {
  const { protocol, hostname, port, pathname } = new URL(url);
  if (protocol !== "http:" || pathname !== "/") throw new Error(`${url} is not http://host:port`);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: port === "" ? 80 : Number(port) };
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${what} is not a mapping`);
  return value as Record<string, unknown>; // safe because it is a non-null object that is no array
}

function text(value: unknown, what: string): string {
  if (typeof value !== "string") throw new Error(`${what} is not text`);
  return value;
}
