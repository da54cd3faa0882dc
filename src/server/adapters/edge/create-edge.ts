/** The Edge over a directory of route files and a router's API. Which router reads them makes no difference here. */
import { AppError } from "@/domain/errors";
import { renderRoute } from "@/domain/plan/route";
import type { Endpoint } from "@/domain/plan/types";
import { edgeApi } from "@/server/edge-api";
import type { Edge, TrafficReading } from "@/server/ports";
import { type AskRouter, createAskRouter } from "./ask-router";
import { confirmRoute } from "./confirm-route";
import { readRecords } from "./read-records";
import { holdsRouteFile, listRouteFiles, removeRouteFile, writeRouteFile } from "./route-files";
import { readTraefikMetrics } from "./traefik-metrics";
import { TraefikRecords } from "./traefik-records";

export function createEdge(options: { routesDir: string; apiUrl: string }): Edge {
  const { routesDir } = options;
  const ask = createAskRouter(options.apiUrl);
  const traefik = new TraefikRecords();
  return {
    publish: async (route) => writeRouteFile(routesDir, route.serviceId, renderRoute(route)),
    unpublish: (serviceId) => removeRouteFile(routesDir, serviceId),
    confirm: (route, timeoutMs, signal) => confirmRoute(ask, route, timeoutMs, signal),
    inFlight: (endpoints) => askNumber(ask, edgeApi.inFlight, "inFlight", endpoints),
    cut: (endpoints) => askNumber(ask, edgeApi.cut, "cut", endpoints),
    records: (backends, since) => askRecords(ask, traefik, backends, since),
    list: () => listRouteFiles(routesDir),
    holds: (route) => holdsRouteFile(routesDir, route.serviceId, renderRoute(route)),
  };
}

/** The embedded router's records, or Traefik's metrics; null where there are neither. Throws router_unavailable. */
async function askRecords(
  ask: AskRouter,
  traefik: TraefikRecords,
  backends: string[],
  since: Date,
): Promise<TrafficReading | null> {
  const unavailable = (cause: unknown) => {
    throw new AppError("router_unavailable", { cause });
  };
  const own = readRecords(await ask(edgeApi.records, { post: { backends, since } }).catch(unavailable));
  if (own !== null) return own;
  const metrics = await ask(edgeApi.traefikMetrics).catch(unavailable);
  const counts = typeof metrics.body === "string" ? readTraefikMetrics(metrics.body) : null;
  if (metrics.status !== 200 || counts === null) return null;
  const readAt = new Date();
  traefik.take(counts, readAt);
  return traefik.read(new Set(backends), since, readAt);
}

/** Null where the router has no such question: Traefik. Throws router_unavailable where it does not answer. */
async function askNumber(ask: AskRouter, path: string, field: string, endpoints: Endpoint[]): Promise<number | null> {
  const answer = await ask(path, { post: { endpoints } }).catch((cause: unknown) => {
    throw new AppError("router_unavailable", { cause });
  });
  if (answer.status === 404 || answer.status === 405) return null;
  const body: Record<string, unknown> = { ...(typeof answer.body === "object" && answer.body) };
  const value = body[field];
  if (typeof value !== "number") throw new AppError("router_unavailable", { details: { status: answer.status } });
  return value;
}
