/**
 * The proof that a cutover loses nothing: real processes come and go behind the router while requests run without a
 * pause. Each process is killed outright once the router says that nothing is under way to it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Endpoint, RouteSpec } from "@/domain/plan/types";
import { createEdge } from "@/server/adapters/edge/create-edge";
import { createLogger } from "@/server/log";
import type { Edge } from "@/server/ports";
import { startLoad } from "@/testing/load";
import { type RunningRouter, startRouter } from "./start-router";

const never = new AbortController().signal;
const target = path.resolve(import.meta.dirname, "../../testing/load-target.ts");

let routesDir: string;
let router: RunningRouter;
let edge: Edge;
const children = new Set<ChildProcess>();

type Release = { route: RouteSpec; kill(): void };

async function startReplica(version: string): Promise<{ endpoint: Endpoint; child: ChildProcess }> {
  const child = spawn(process.execPath, [target, version], { stdio: ["ignore", "pipe", "inherit"] });
  children.add(child);
  const [line] = await once(child.stdout, "data");
  return { endpoint: { host: "127.0.0.1", port: Number(String(line).trim()) }, child };
}

async function startRelease(version: string, replicas: number): Promise<Release> {
  const started = await Promise.all(Array.from({ length: replicas }, () => startReplica(version)));
  const route: RouteSpec = {
    serviceId: "svc_cutover",
    releaseId: `dep_${version}`,
    hosts: ["cutover.example.com"],
    endpoints: started.map(({ endpoint }) => endpoint),
    state: "running",
  };
  const kill = () => {
    for (const { child } of started) child.kill("SIGKILL");
  };
  return { route, kill };
}

async function moveTo({ route }: Release): Promise<void> {
  await edge.publish(route);
  await edge.confirm(route, 5_000, never);
}

const drained = ({ route }: Release) =>
  expect.poll(() => edge.inFlight(route.endpoints), { interval: 5, timeout: 20_000 }).toBe(0);

const ask = (pathname: string) =>
  new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
    const headers = { host: "cutover.example.com" };
    get({ host: "127.0.0.1", port: router.port, path: pathname, headers, agent: false }, resolve).once("error", reject);
  });

beforeEach(async () => {
  routesDir = mkdtempSync(path.join(tmpdir(), "routes-"));
  const log = createLogger("test", "silent");
  router = await startRouter({ host: "127.0.0.1", port: 0, apiPort: 0, routesDir, trustedProxies: [], log });
  edge = createEdge({ routesDir, apiUrl: `http://127.0.0.1:${router.apiPort}` });
});
afterEach(async () => {
  await router.stop(0);
  for (const child of children) child.kill("SIGKILL");
  children.clear();
  rmSync(routesDir, { recursive: true });
});

it.each([1, 2])("loses no request over twenty cutovers, %i replica(s) each", async (replicas) => {
  const seen = new Set<string>();
  let current = await startRelease("0", replicas);
  await moveTo(current);
  const load = startLoad({
    host: "127.0.0.1",
    port: router.port,
    hostName: "cutover.example.com",
    requestsPerSecond: 200,
    check: ({ method, status, body, sent }) => {
      const [version = "", digest] = body.split(" ");
      seen.add(version);
      if (status !== 200) return `status ${status}`;
      if (method === "GET") return digest === undefined ? null : "a body nobody sent";
      return digest === createHash("sha256").update(sent).digest("hex") ? null : "another body than was sent";
    },
  });
  for (let version = 1; version <= 20; version += 1) {
    const next = await startRelease(String(version), replicas);
    await moveTo(next);
    await drained(current);
    current.kill();
    current = next;
    await load.more(20);
  }
  const report = await load.stop();
  expect(report.failures).toEqual({});
  expect(Math.min(...Object.values(report.byKind))).toBeGreaterThan(40);
  expect([...seen].sort()).toEqual(Array.from({ length: 21 }, (_, version) => String(version)).sort());
});

it("goes back and forth between two warm releases without losing a request", async () => {
  const releases = await Promise.all([startRelease("a", 1), startRelease("b", 2)]);
  await moveTo(releases[0]);
  const load = startLoad({
    host: "127.0.0.1",
    port: router.port,
    hostName: "cutover.example.com",
    requestsPerSecond: 200,
    check: ({ status }) => (status === 200 ? null : `status ${status}`),
  });
  for (let flip = 1; flip <= 60; flip += 1) {
    await moveTo(flip % 2 === 0 ? releases[0] : releases[1]);
    await load.more(4);
  }
  expect((await load.stop()).failures).toEqual({});
});

it("lets a long response of the old release end, and reports it under way until then", async () => {
  const [old, next] = await Promise.all([startRelease("old", 1), startRelease("next", 1)]);
  await moveTo(old);
  const response = await ask("/slow?parts=20");
  await moveTo(next);
  expect(await edge.inFlight(old.route.endpoints)).toBe(1);
  expect(await readText(await ask("/"))).toBe("next");
  expect(await readText(response)).toBe(Array.from({ length: 20 }, (_, part) => `old ${part}\n`).join(""));
  await drained(old);
});

it("keeps an event stream and a WebSocket of the old release alive, until they are cut and counted", async () => {
  const [old, next] = await Promise.all([startRelease("old", 1), startRelease("next", 1)]);
  await moveTo(old);
  const events = await ask("/events");
  const socket = new WebSocket(`ws://127.0.0.1:${router.port}/socket`, { headers: { host: "cutover.example.com" } });
  await once(socket, "open");
  await moveTo(next);

  const nextEvent = async () => String((await once(events, "data"))[0]);
  expect(await nextEvent()).toContain("old");
  socket.send("still there");
  expect(String((await once(socket, "message"))[0])).toBe("old still there");
  expect(await edge.inFlight(old.route.endpoints)).toBe(2);

  const closing = Promise.all([once(events, "error"), once(socket, "close")]);
  expect(await edge.cut(old.route.endpoints)).toBe(2);
  await closing;
  expect(await edge.inFlight(old.route.endpoints)).toBe(0);
});
