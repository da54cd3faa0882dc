/** The router as the process that `npm start` runs: alone, with a directory and two ports. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, get, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text as readText } from "node:stream/consumers";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { RouteSpec } from "@/domain/plan/types";
import { createEdge } from "@/server/adapters/edge/create-edge";

const root = path.resolve(import.meta.dirname, "..");
let bundleDir: string;
let routesDir: string;
let ports: { edge: number; api: number };
let app: Server;
let edge: ChildProcess | undefined;
let route: RouteSpec;

beforeAll(async () => {
  const cache = path.join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  bundleDir = mkdtempSync(path.join(cache, "edge-test-"));
  await build({
    absWorkingDir: root,
    entryPoints: ["worker/edge.ts"],
    outfile: path.join(bundleDir, "edge.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
});
afterAll(() => rmSync(bundleDir, { recursive: true }));

beforeEach(async () => {
  routesDir = mkdtempSync(path.join(tmpdir(), "routes-"));
  ports = { edge: await freePort(), api: await freePort() };
  app = createServer((request, response) => {
    response.write("hello");
    if (request.url === "/") response.end();
  });
  app.listen(0, "127.0.0.1");
  await once(app, "listening");
  const { port } = app.address() as AddressInfo; // safe because it listens on TCP
  const endpoints = [{ host: "127.0.0.1", port }];
  route = { serviceId: "svc_app", releaseId: "dep_app", hosts: ["app.example"], endpoints, state: "running" };
});
afterEach(async () => {
  edge?.kill("SIGKILL");
  app.closeAllConnections();
  app.close();
  rmSync(routesDir, { recursive: true });
});

/** Resolves when the process says that it listens; its environment holds nothing but what it needs. */
async function startEdge(): Promise<ChildProcess> {
  const started = spawn(process.execPath, [path.join(bundleDir, "edge.mjs")], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      NODE_ENV: "production",
      EDGE_PORT: String(ports.edge),
      EDGE_API_PORT: String(ports.api),
      ROUTES_DIR: routesDir,
      DRAIN_GRACE_SECONDS: "60",
    },
  });
  edge = started;
  await once(started.stdout, "data");
  return started;
}

async function ask(pathname: string): Promise<IncomingMessage> {
  const headers = { host: "app.example" };
  const [response] = await once(get({ host: "127.0.0.1", port: ports.edge, path: pathname, headers }), "response");
  return response as IncomingMessage; // safe because a response event carries the response
}

async function freePort(): Promise<number> {
  const server = createNetServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // safe because it listens on TCP
  server.close();
  await once(server, "close");
  return port;
}

it("needs no database and no worker, and after a kill -9 answers as before with its first request", async () => {
  await createEdge({ routesDir, apiUrl: `http://127.0.0.1:${ports.api}` }).publish(route);
  const first = await startEdge();
  expect(await readText(await ask("/"))).toBe("hello");
  first.kill("SIGKILL");
  await once(first, "exit");
  await startEdge();
  expect(await readText(await ask("/"))).toBe("hello");
});

it("ends by SIGTERM once nothing is under way, with exit code 0", async () => {
  const started = await startEdge();
  const exited = once(started, "exit");
  started.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
});

it("drains at the first signal and ends at once at a later one", async () => {
  await createEdge({ routesDir, apiUrl: `http://127.0.0.1:${ports.api}` }).publish(route);
  const started = await startEdge();
  const exited = once(started, "exit");
  const endless = await ask("/endless");
  const cut = once(endless, "error");
  endless.resume();
  started.kill("SIGTERM");
  // The same wish within a second is the same wish: Ctrl-C reaches the process and its supervisor.
  started.kill("SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(started.exitCode).toBeNull();
  started.kill("SIGTERM");
  await cut;
  expect(await exited).toEqual([0, null]);
});
