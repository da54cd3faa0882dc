/**
 * A stop with a response under way, on the router's own process under the supervisor: the process has the grace that it
 * declares, and somebody who asks twice waits for nothing. The application answers when the test says so.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text as readText } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { createEdge } from "@/server/adapters/edge/create-edge";
import { type Config, readConfig } from "@/server/config";
import { freePorts } from "@/testing/free-ports";
import { bundleProcesses } from "./build-application";
import { findRecorded } from "./process-record";
import { processStart } from "./process-table";
import { createPrograms, holdRouterSockets } from "./programs";
import { type Supervised, supervise } from "./supervised-program";

const root = path.resolve(import.meta.dirname, "../..");
const host = "slow.example";
const never = new AbortController().signal;
let build: string;
let directory: string;
let application: Server;
let answering: ServerResponse[];
let hurry: AbortController;
let said: string[];
let ports: { edge: number; api: number };

beforeAll(async () => {
  const cache = path.join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  build = mkdtempSync(path.join(cache, "stop-test-"));
  await bundleProcesses(root, build);
});
afterAll(() => rmSync(build, { recursive: true }));

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), "helvetia-stop-"));
  hurry = new AbortController();
  said = [];
  answering = [];
  application = createServer((_request, response) => {
    response.write("begun ");
    answering.push(response);
  });
  await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
  const [edge = 0, api = 0] = await freePorts(2);
  ports = { edge, api };
});
afterEach(() => {
  application.closeAllConnections();
  application.close();
  rmSync(directory, { recursive: true });
});

async function prepareRouter(settings: Record<string, string> = {}) {
  const environment = {
    ...process.env,
    HELVETIA_DATA_DIR: directory,
    EDGE_PORT: String(ports.edge),
    EDGE_API_PORT: String(ports.api),
    ...settings,
  };
  const { config } = readConfig(environment);
  const routerSockets = await holdRouterSockets(config);
  const { edge: program } = createPrograms({ root, build, config, environment, routerSockets });
  return { config, program };
}

async function startRouter(settings?: Record<string, string>): Promise<Supervised> {
  const { config, program } = await prepareRouter(settings);
  const logFile = path.join(directory, "edge.log");
  const options = { runDirectory: path.join(directory, "run"), logFile, say: (text: string) => void said.push(text) };
  const router = supervise(program, { ...options, hurry: hurry.signal });
  await router.ready(never);
  await route(config);
  return router;
}

async function route(config: Config): Promise<void> {
  const { port } = application.address() as AddressInfo; // safe because it listens on TCP
  const edge = createEdge(config.edge);
  const endpoints = [{ host: "127.0.0.1", port }];
  const spec = { serviceId: "svc_slow", releaseId: "dep_slow", hosts: [host], endpoints, state: "running" as const };
  await edge.publish(spec);
  await edge.confirm(spec, 5_000, never);
}

function ask(): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port: ports.edge, headers: { host }, agent: false }, resolve).once("error", reject);
  });
}

/** The router takes nothing new: it has heard that it is to stop. */
const isStopping = () =>
  ask().then(
    () => false,
    () => true,
  );

it("lets a response of 12 seconds end that is under way when it is asked to stop", async () => {
  const router = await startRouter();
  const response = await ask();
  const stopped = router.stop();
  await expect.poll(isStopping).toBe(true);
  // Time itself is what is tested: the process must live longer than any limit but its own.
  await sleep(12_000);
  for (const one of answering) one.end("done");
  expect(await readText(response)).toBe("begun done");
  await stopped;
  expect(said).toEqual([expect.stringMatching(/^edge takes up to 35 s to end what is under way/)]);
});

it("cuts what outlasts the router's own grace, and the router still ends by itself", async () => {
  const router = await startRouter({ DRAIN_GRACE_SECONDS: "1" });
  const response = await ask();
  const stopped = router.stop();
  await expect(readText(response)).rejects.toThrow("aborted");
  await stopped;
  expect(said.filter((text) => text.includes("killed"))).toEqual([]);
});

it("ends it at once when somebody asks a second time", async () => {
  const router = await startRouter();
  const { pid = 0, start } = findRecorded(path.join(directory, "run"), "edge") ?? {};
  const response = await ask();
  const stopped = router.stop();
  await expect.poll(isStopping).toBe(true);
  hurry.abort();
  await expect(readText(response)).rejects.toThrow("aborted");
  await stopped;
  expect(processStart(pid)).not.toBe(start);
});

it("lets it end, too, where the supervisor was killed and the next start asks", async () => {
  const { config, program } = await prepareRouter();
  const { sockets = [] } = program;
  const router = spawn(program.command, program.args, {
    env: program.env,
    stdio: ["ignore", "ignore", "ignore", ...sockets.map((socket) => socket.fd()), "ipc"],
  });
  const exit = once(router, "exit");
  // What the death of the supervisor closes.
  router.disconnect();
  for (const socket of sockets) socket.close();
  await route(config);
  const response = await ask();
  router.kill("SIGTERM");
  await expect.poll(isStopping).toBe(true);
  for (const one of answering) one.end("done");
  expect(await readText(response)).toBe("begun done");
  expect(await exit).toEqual([0, null]);
});
