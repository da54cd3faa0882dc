/** What every Edge does, fake or real. The harness says where the routes go; traffic itself is tested with the router. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAppError } from "@/domain/errors";
import type { RouteSpec } from "@/domain/plan/types";
import type { Edge } from "@/server/ports";

export type EdgeHarness = {
  edge: Edge;
  /** How long this router may take to apply a change, in milliseconds. */
  applyWithinMs: number;
  close(): Promise<void>;
};

const never = new AbortController().signal;

const route: RouteSpec = {
  serviceId: "svc_contract",
  releaseId: "dep_first",
  hosts: ["contract.example.com"],
  endpoints: [
    { host: "127.0.0.1", port: 41001 },
    { host: "127.0.0.1", port: 41002 },
  ],
  state: "running",
};
const second: RouteSpec = { ...route, releaseId: "dep_second", endpoints: [{ host: "127.0.0.1", port: 41003 }] };
const stopped: RouteSpec = { ...route, releaseId: null, endpoints: [], state: "stopped" };

export function describeEdgeContract(name: string, start: () => Promise<EdgeHarness>): void {
  describe(`Edge contract: ${name}`, () => {
    let harness: EdgeHarness;
    let edge: Edge;
    const confirm = (spec: RouteSpec, timeoutMs = harness.applyWithinMs) => edge.confirm(spec, timeoutMs, never);
    const confirmed = (spec: RouteSpec) =>
      confirm(spec, 60).then(
        () => true,
        (error: unknown) => (isAppError(error, "route_not_applied") ? false : Promise.reject(error)),
      );

    beforeEach(async () => {
      harness = await start();
      edge = harness.edge;
    });
    afterEach(() => harness.close());

    it("confirms what was published, and lists it", async () => {
      await edge.publish(route);
      await confirm(route);
      expect(await edge.list()).toEqual(["svc_contract"]);
    });

    it("takes the same route twice", async () => {
      await edge.publish(route);
      await edge.publish(route);
      await confirm(route);
      expect(await edge.list()).toEqual(["svc_contract"]);
    });

    it("confirms the release that is published now, and not the one before", async () => {
      await edge.publish(route);
      await confirm(route);
      expect(await confirmed(second)).toBe(false);
      await edge.publish(second);
      await confirm(second);
      expect(await confirmed(route)).toBe(false);
    });

    it("tells apart the same release at other endpoints or other hosts", async () => {
      await edge.publish(route);
      await confirm(route);
      expect(await confirmed({ ...route, endpoints: second.endpoints })).toBe(false);
      expect(await confirmed({ ...route, hosts: [...route.hosts, "www.example.com"] })).toBe(false);
    });

    it("confirms a stopped service, whose hosts stay known", async () => {
      await edge.publish(route);
      await edge.publish(stopped);
      await confirm(stopped);
      expect(await edge.list()).toEqual(["svc_contract"]);
      expect(await confirmed({ ...stopped, state: "crashing" })).toBe(false);
    });

    it("does not confirm what was never published: route_not_applied", async () => {
      await expect(confirm(route, 60)).rejects.toMatchObject({ code: "route_not_applied" });
    });

    it("forgets an unpublished service; unpublishing what is not there succeeds", async () => {
      await edge.publish(route);
      await confirm(route);
      await edge.unpublish("svc_contract");
      await edge.unpublish("svc_contract");
      expect(await edge.list()).toEqual([]);
      await expect.poll(() => confirmed(route), { timeout: harness.applyWithinMs }).toBe(false);
    });

    it("keeps services apart", async () => {
      const other: RouteSpec = { ...second, serviceId: "svc_other", hosts: ["other.example.com"] };
      await edge.publish(route);
      await edge.publish(other);
      await confirm(route);
      await confirm(other);
      await edge.unpublish("svc_contract");
      await confirm(other);
      expect(await edge.list()).toEqual(["svc_other"]);
    });

    it("tells whether a route is the one that was published last", async () => {
      expect(await edge.holds(route)).toBe(false);
      await edge.publish(route);
      expect(await edge.holds(route)).toBe(true);
      expect(await edge.holds({ ...route, endpoints: second.endpoints })).toBe(false);
      expect(await edge.holds({ ...route, hosts: [...route.hosts, "www.example.com"] })).toBe(false);
      await edge.publish(second);
      expect([await edge.holds(route), await edge.holds(second)]).toEqual([false, true]);
      await edge.unpublish("svc_contract");
      expect(await edge.holds(second)).toBe(false);
    });

    it("refuses a host that is not a plain name, and publishes nothing", async () => {
      const bad: RouteSpec = { ...route, hosts: ["a`) || PathPrefix(`/"] };
      await expect(edge.publish(bad)).rejects.toMatchObject({ code: "invalid_input" });
      expect(await edge.list()).toEqual([]);
    });

    it("stops waiting for a confirmation soon after the signal aborts, with its reason", async () => {
      const reason = new Error("the deployment was cancelled");
      const controller = new AbortController();
      const waiting = edge.confirm(route, 60_000, controller.signal);
      setTimeout(() => controller.abort(reason), 20);
      await expect(waiting).rejects.toBe(reason);
    });

    it("has no records of a backend that nobody asked, or says that it cannot tell", async () => {
      const reading = await edge.records(["dep-nobody"], new Date(0));
      expect(reading?.buckets ?? []).toEqual([]);
      if (reading) expect(reading.countedSince.getTime()).toBeLessThanOrEqual(reading.readAt.getTime());
    });

    it("counts nothing under way to endpoints that nobody asked, or says that it cannot tell", async () => {
      expect([0, null]).toContain(await edge.inFlight(route.endpoints));
      expect([0, null]).toContain(await edge.cut(route.endpoints));
    });
  });
}
