/**
 * An Edge in memory that passes the contract suite. A test can hold the router back (`applying = false`), say what is
 * under way to an endpoint, and look at what was asked.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/domain/errors";
import { renderRoute } from "@/domain/plan/route";
import type { Endpoint, RouteSpec } from "@/domain/plan/types";
import { bucketStart } from "@/domain/traffic/bucket";
import type { Edge, TrafficReading } from "@/server/ports";

export type EdgeCall = { method: "publish" | "unpublish" | "confirm" | "cut"; serviceId: string | null };

export type FakeEdge = Edge & {
  /** Whether the router takes over what is published. */
  applying: boolean;
  readonly published: ReadonlyMap<string, RouteSpec>;
  readonly calls: EdgeCall[];
  /** What it recorded, of all backends; null at first: it cannot tell. */
  reading: TrafficReading | null;
  setInFlight(endpoint: Endpoint, count: number): void;
};

const endpointKey = (endpoint: Endpoint) => `${endpoint.host}:${endpoint.port}`;

export function createFakeEdge(): FakeEdge {
  const published = new Map<string, RouteSpec>();
  const applied = new Map<string, string>();
  const underWay = new Map<string, number>();
  const calls: EdgeCall[] = [];
  const count = (endpoints: Endpoint[]) =>
    endpoints.reduce((sum, endpoint) => sum + (underWay.get(endpointKey(endpoint)) ?? 0), 0);

  const fake: FakeEdge = {
    applying: true,
    reading: null,
    published,
    calls,
    setInFlight: (endpoint, inFlight) => void underWay.set(endpointKey(endpoint), inFlight),

    async publish(route) {
      const rendered = JSON.stringify(renderRoute(route));
      calls.push({ method: "publish", serviceId: route.serviceId });
      published.set(route.serviceId, structuredClone(route));
      if (fake.applying) applied.set(route.serviceId, rendered);
    },

    async unpublish(serviceId) {
      calls.push({ method: "unpublish", serviceId });
      published.delete(serviceId);
      if (fake.applying) applied.delete(serviceId);
    },

    async confirm(route, timeoutMs, signal) {
      signal.throwIfAborted();
      calls.push({ method: "confirm", serviceId: route.serviceId });
      const wanted = JSON.stringify(renderRoute(route));
      if (applied.get(route.serviceId) === wanted) return;
      await sleep(timeoutMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      if (applied.get(route.serviceId) !== wanted) throw new AppError("route_not_applied");
    },

    inFlight: async (endpoints) => count(endpoints),

    async cut(endpoints) {
      const cut = count(endpoints);
      calls.push({ method: "cut", serviceId: null });
      for (const endpoint of endpoints) underWay.delete(endpointKey(endpoint));
      return cut;
    },

    records: async (backends, since) => {
      const { reading } = fake;
      if (reading === null) return null;
      const from = bucketStart(since);
      const asked = reading.buckets.filter((one) => backends.includes(one.backend) && one.startsAt >= from);
      return structuredClone({ ...reading, buckets: asked });
    },

    list: async () => [...published.keys()].sort(),

    holds: async (route) => {
      const held = published.get(route.serviceId);
      return held !== undefined && JSON.stringify(renderRoute(held)) === JSON.stringify(renderRoute(route));
    },
  };
  return fake;
}
