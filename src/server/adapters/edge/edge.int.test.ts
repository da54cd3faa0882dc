/** The Edge contract on the real adapter: with the embedded router, and with Traefik where TRAEFIK_BIN names its binary. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RouteSpec } from "@/domain/plan/types";
import { startRouter } from "@/server/edge-router/start-router";
import { createLogger } from "@/server/log";
import { describeEdgeContract, type EdgeHarness } from "@/testing/ports/edge-contract";
import { describeRecordsContract, type RecordingHarness } from "@/testing/ports/edge-records-contract";
import { startTraefik, traefikBinary } from "@/testing/traefik";
import { createEdge } from "./create-edge";

const log = createLogger("test", "silent");

async function withEmbeddedRouter(): Promise<EdgeHarness & RecordingHarness> {
  const routesDir = mkdtempSync(path.join(tmpdir(), "routes-"));
  const router = await startRouter({
    host: "127.0.0.1",
    port: 0,
    apiPort: 0,
    routesDir,
    trustedProxies: [],
    log,
  });
  return {
    edge: createEdge({ routesDir, apiUrl: `http://127.0.0.1:${router.apiPort}` }),
    port: router.port,
    applyWithinMs: 2_000,
    close: async () => {
      await router.stop(0);
      rmSync(routesDir, { recursive: true });
    },
  };
}

async function withTraefik(): Promise<EdgeHarness & RecordingHarness> {
  const routesDir = mkdtempSync(path.join(tmpdir(), "routes-"));
  const traefik = await startTraefik(routesDir);
  return {
    edge: createEdge({ routesDir, apiUrl: traefik.apiUrl }),
    port: traefik.port,
    applyWithinMs: 10_000,
    close: async () => {
      await traefik.stop();
      rmSync(routesDir, { recursive: true });
    },
  };
}

describeEdgeContract("embedded router", withEmbeddedRouter);
describeRecordsContract("embedded router", withEmbeddedRouter);

describe.skipIf(traefikBinary === null)(`Traefik (skipped unless TRAEFIK_BIN is set)`, () => {
  describeEdgeContract("Traefik", withTraefik);
  describeRecordsContract("Traefik", withTraefik);
});

describe("route files", () => {
  let routesDir: string;
  const edge = () => createEdge({ routesDir, apiUrl: "http://127.0.0.1:9" });
  const route: RouteSpec = {
    serviceId: "svc_files",
    releaseId: "dep_one",
    hosts: ["files.example.com"],
    endpoints: [{ host: "10.0.0.2", port: 3000 }],
    state: "running",
  };

  beforeEach(() => {
    routesDir = mkdtempSync(path.join(tmpdir(), "routes-"));
  });
  afterEach(() => rmSync(routesDir, { recursive: true }));

  it("are YAML that a person can read", async () => {
    await edge().publish(route);
    expect(readFileSync(path.join(routesDir, "svc-files.yml"), "utf8")).toBe(
      `http:
  routers:
    svc-files:
      rule: Host(\`files.example.com\`)
      service: dep-one
  services:
    dep-one:
      loadBalancer:
        passHostHeader: true
        servers:
          - url: http://10.0.0.2:3000
`,
    );
  });

  it("are not touched by the same route again, and leave nothing temporary behind", async () => {
    await edge().publish(route);
    const before = statSync(path.join(routesDir, "svc-files.yml"), { bigint: true });
    await edge().publish(route);
    const after = statSync(path.join(routesDir, "svc-files.yml"), { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
    expect(readdirSync(routesDir)).toEqual(["svc-files.yml"]);
  });

  it("of a service are removed with what a killed worker left half written, and with nothing else", async () => {
    await edge().publish(route);
    for (const name of [".svc-files.yml.0a1b2c.tmp", ".svc-files2.yml.0a1b2c.tmp", "operators-own.yml"]) {
      writeFileSync(path.join(routesDir, name), "");
    }
    expect(await edge().list()).toEqual(["svc_files"]);
    await edge().unpublish("svc_files");
    expect(readdirSync(routesDir).sort()).toEqual([".svc-files2.yml.0a1b2c.tmp", "operators-own.yml"]);
  });

  it("wait for a router that is not there yet, and say what was wrong: route_not_applied", async () => {
    await edge().publish(route);
    const waiting = edge().confirm(route, 50, new AbortController().signal);
    await expect(waiting).rejects.toMatchObject({
      code: "route_not_applied",
      details: { router: "svc-files", difference: expect.stringContaining("does not answer") },
    });
  });

  it("cannot be counted without a router: router_unavailable", async () => {
    await expect(edge().inFlight(route.endpoints)).rejects.toMatchObject({ code: "router_unavailable" });
    await expect(edge().cut(route.endpoints)).rejects.toMatchObject({ code: "router_unavailable" });
    await expect(edge().records(["dep-one"], new Date())).rejects.toMatchObject({ code: "router_unavailable" });
  });
});
