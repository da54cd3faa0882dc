/** Waits until the router says that it applied a route. */
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/domain/errors";
import { describeRoute, hostRule } from "@/domain/plan/route";
import type { RouteSpec } from "@/domain/plan/types";
import { edgeApi } from "@/server/edge-api";
import type { AskRouter } from "./ask-router";

/** The embedded edge applies a file within milliseconds, so the first waits are short; Traefik takes its throttle's time. */
const firstWaitMs = 2;
const longestWaitMs = 100;

/** Throws route_not_applied with the last thing the router said, and the signal's reason on abort. */
export async function confirmRoute(
  ask: AskRouter,
  route: RouteSpec,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    signal.throwIfAborted();
    const difference = await findDifference(ask, route, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      return `the router's API does not answer: ${error instanceof Error ? error.message : String(error)}`;
    });
    if (difference === null) return;
    if (performance.now() + waitMs > deadline) {
      throw new AppError("route_not_applied", { details: { router: describeRoute(route).router, difference } });
    }
    await sleep(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** What the router's view of the route still differs in, as operators should read it; null when it is applied. */
async function findDifference(ask: AskRouter, route: RouteSpec, signal: AbortSignal): Promise<string | null> {
  const wanted = describeRoute(route);
  const [router, backend] = await Promise.all([
    ask(`${edgeApi.routers}/${wanted.router}@file`, { signal }),
    ask(`${edgeApi.services}/${wanted.backend}@file`, { signal }),
  ]);
  if (router.status !== 200) return `no router ${wanted.router} (status ${router.status})`;
  if (backend.status !== 200) return `no service ${wanted.backend} (status ${backend.status})`;
  const { service, rule, status, error } = fields(router.body);
  if (status === "disabled") return `the router is disabled: ${JSON.stringify(error)}`;
  if (service !== wanted.backend) return `the router sends to ${String(service)}`;
  if (rule !== hostRule(route.hosts)) return `the router's rule is ${String(rule)}`;
  const urls = serverUrls(backend.body);
  if (urls.join() !== [...wanted.servers].sort().join()) return `the service's servers are ${urls.join() || "none"}`;
  return null;
}

function serverUrls(backend: unknown): string[] {
  const { servers } = fields(fields(backend).loadBalancer);
  return Array.isArray(servers) ? servers.map((server) => String(fields(server).url)).sort() : [];
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
