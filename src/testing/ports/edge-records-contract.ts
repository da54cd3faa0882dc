/** What every router records that can: asked over real connections, read through the port. */
import { createServer, get, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backendName, placeholderName } from "@/domain/naming";
import type { Endpoint, RouteSpec } from "@/domain/plan/types";
import { addCounts } from "@/domain/traffic/bucket";
import { quantile } from "@/domain/traffic/latency";
import type { Edge } from "@/server/ports";

export type RecordingHarness = { edge: Edge; port: number; applyWithinMs: number; close(): Promise<void> };

const host = "records.example.com";
const longAgo = new Date(0);
const never = new AbortController().signal;

export function describeRecordsContract(name: string, start: () => Promise<RecordingHarness>): void {
  describe(`Edge records contract: ${name}`, () => {
    let harness: RecordingHarness;
    let edge: Edge;
    let servers: Server[];

    beforeEach(async () => {
      harness = await start();
      edge = harness.edge;
      servers = [];
      // A router that keeps no history counts from its first reading.
      await edge.records([], longAgo);
    });
    afterEach(async () => {
      await harness.close();
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    });

    async function serve(listener: RequestListener): Promise<Endpoint> {
      const server = createServer(listener);
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return { host: "127.0.0.1", port: (server.address() as AddressInfo).port }; // safe because it listens on TCP
    }

    async function route(releaseId: string, endpoints: Endpoint[]): Promise<void> {
      const state = endpoints.length > 0 ? "running" : "crashing";
      const spec: RouteSpec = { serviceId: "svc_records", releaseId, hosts: [host], endpoints, state };
      await edge.publish(spec);
      await edge.confirm(spec, harness.applyWithinMs, never);
    }

    const ask = (path: string) =>
      new Promise<number>((resolve, reject) => {
        const options = { host: "127.0.0.1", port: harness.port, path, headers: { host }, agent: false };
        get(options, (response) => response.resume().once("end", () => resolve(response.statusCode ?? 0))).once(
          "error",
          reject,
        );
      });

    async function total(backend: string) {
      const reading = await edge.records([backend], longAgo);
      expect(reading?.buckets.every((bucket) => bucket.backend === backend)).toBe(true);
      return addCounts(reading?.buckets ?? []);
    }

    it("counts each release by itself: requests, failures, and how long answers took", async () => {
      const answer: RequestListener = (request, response) => {
        response.statusCode = Number(request.url?.slice(1));
        response.end();
      };
      await route("dep_old", [await serve(answer)]);
      for (const status of [200, 200, 404, 500, 503]) await ask(`/${status}`);
      await route("dep_new", [await serve(answer)]);
      await ask("/200");
      await expect.poll(async () => (await total(backendName("dep_new"))).requests, { timeout: 5_000 }).toBe(1);
      const old = await total(backendName("dep_old"));
      expect(old).toMatchObject({ requests: 5, failed: 2, abandoned: 0 });
      expect([0, null]).toContain(old.unanswered);
      expect(quantile(old.latency, 1)?.toMs).toBeGreaterThan(0);
      expect(old.latency.reduce((sum, [, , count]) => sum + count, 0)).toBe(5);
    });

    it("counts a request that no replica could be asked, by the name of the page that it got", async () => {
      await route("dep_one", [await serve((_, response) => response.end())]);
      await ask("/");
      await route("dep_one", []);
      expect(await ask("/")).toBeGreaterThanOrEqual(502);
      const crashing = placeholderName("svc_records", "crashing");
      await expect.poll(() => total(crashing), { timeout: 5_000 }).toMatchObject({ requests: 1, failed: 1 });
      expect(await total(backendName("dep_one"))).toMatchObject({ requests: 1, failed: 0 });
    });

    it("gives what was counted from the time on that is asked for", async () => {
      await route("dep_one", [await serve((_, response) => response.end())]);
      await ask("/");
      await expect.poll(async () => (await total("dep-one")).requests, { timeout: 5_000 }).toBe(1);
      const reading = await edge.records(["dep-one"], new Date(Date.now() + 60_000));
      expect(reading).toMatchObject({ buckets: [] });
      expect(reading?.countedSince.getTime()).toBeLessThanOrEqual(reading?.readAt.getTime() ?? 0);
    });
  });
}
