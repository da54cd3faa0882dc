/**
 * The router's own API, on loopback alone: the part of Traefik's that confirms a route, and what Traefik cannot tell
 * (what is under way, and ending it). A page in a browser on this machine could reach a loopback port, so requests
 * that a browser made for another site are refused by their Origin and by a host name that is not this machine's.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { json as readJson } from "node:stream/consumers";
import type { Endpoint } from "@/domain/plan/types";
import { edgeApi } from "@/server/edge-api";
import { hostName } from "./host-name";
import { endpointKey } from "./in-flight";
import type { RouterParts } from "./router-parts";
import { describeBackend, describeOverview, describeRouter } from "./traefik-view";

type Answer = { status: number; body: unknown };

const notFound = (what: string): Answer => ({ status: 404, body: { message: `${what} not found` } });

/** Never rejects. */
export function createApiListener(parts: RouterParts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = await answer(parts, request).catch((error: unknown): Answer => {
      parts.log.warn({ err: error, url: request.url }, "API request failed");
      return { status: 400, body: { message: "bad request" } };
    });
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify(body));
  };
}

async function answer(parts: RouterParts, request: IncomingMessage): Promise<Answer> {
  const local = ["127.0.0.1", "localhost", "[::1]"].includes(hostName(request.headers.host));
  if (!local || request.headers.origin !== undefined) return { status: 403, body: { message: "forbidden" } };
  const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
  if (request.method === "GET") return read(parts, decodeURIComponent(pathname));
  if (request.method !== "POST") return { status: 405, body: { message: "method not allowed" } };
  const body = await readJson(request);
  if (pathname === edgeApi.records) return { status: 200, body: readRecords(parts, body) };
  const keys = readEndpoints(body).map(endpointKey);
  if (pathname === edgeApi.inFlight) return { status: 200, body: { inFlight: parts.upstreams.inFlight.count(keys) } };
  if (pathname === edgeApi.cut) return { status: 200, body: { cut: parts.upstreams.inFlight.cut(keys) } };
  return notFound(pathname);
}

function read({ table }: RouterParts, pathname: string): Answer {
  if (pathname === edgeApi.overview) {
    return { status: 200, body: describeOverview(table.routers.size, table.backends.size) };
  }
  if (pathname === edgeApi.routers) return { status: 200, body: [...table.routers.values()].map(describeRouter) };
  if (pathname === edgeApi.services) return { status: 200, body: [...table.backends.values()].map(describeBackend) };
  const [, kind, name = ""] = /^\/api\/http\/(routers|services)\/([^/]+)@file$/.exec(pathname) ?? [];
  if (kind === "routers") {
    const route = table.routers.get(name);
    return route ? { status: 200, body: describeRouter(route) } : notFound(`router ${name}@file`);
  }
  const backend = kind === "services" ? table.backends.get(name) : undefined;
  return backend ? { status: 200, body: describeBackend(backend) } : notFound(pathname);
}

function readRecords({ records }: RouterParts, body: unknown) {
  const { backends, since }: { backends?: unknown; since?: unknown } = { ...(typeof body === "object" && body) };
  const from = new Date(typeof since === "string" ? since : Number.NaN);
  if (!Array.isArray(backends) || Number.isNaN(from.getTime())) throw new TypeError("backends or since is missing");
  return records.read(new Set(backends), from);
}

function readEndpoints(body: unknown): Endpoint[] {
  const endpoints: unknown = typeof body === "object" && body !== null && "endpoints" in body ? body.endpoints : null;
  if (!Array.isArray(endpoints)) throw new TypeError("endpoints is not a list");
  return endpoints.map((endpoint: { host?: unknown; port?: unknown }) => {
    if (typeof endpoint?.host !== "string" || typeof endpoint.port !== "number") throw new TypeError("not an endpoint");
    return { host: endpoint.host, port: endpoint.port };
  });
}
