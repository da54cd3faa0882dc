/**
 * The router's own process under the supervisor, ended again and again under a load of fresh connections: its ports
 * outlive it. A request that a killed process had in its hands is lost with it, and no other.
 */
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { createEdge } from "@/server/adapters/edge/create-edge";
import { type Config, readConfig } from "@/server/config";
import { freePorts } from "@/testing/free-ports";
import { bundleProcesses } from "./build-application";
import { findRecorded } from "./process-record";
import { createPrograms, holdRouterSockets } from "./programs";
import { type Supervised, supervise } from "./supervised-program";

const root = path.resolve(import.meta.dirname, "../..");
const hostName = "app.example";
const never = new AbortController().signal;
const visitors = 8;
let build: string;
let directory: string;
let application: Server;
let slow: ServerResponse[];
let config: Config;
let router: Supervised | null;
let said: string[];

beforeAll(async () => {
  const cache = path.join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  build = mkdtempSync(path.join(cache, "replaced-test-"));
  await bundleProcesses(root, build);
});
afterAll(() => rmSync(build, { recursive: true }));

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), "helvetia-replaced-"));
  router = null;
  said = [];
  slow = [];
  application = createServer((request, response) => {
    if (request.url !== "/slow") return response.end("hello");
    response.write("begun ");
    slow.push(response);
  });
  await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  application.closeAllConnections();
  application.close();
  await router?.stop();
  rmSync(directory, { recursive: true });
});

/** `hold`: whether the supervisor holds the sockets, as it does where its Node.js can. */
async function startRouter(host: string, hold = true): Promise<void> {
  const [edge = 0, api = 0] = await freePorts(2);
  const environment = {
    ...process.env,
    HELVETIA_DATA_DIR: directory,
    EDGE_HOST: host,
    EDGE_PORT: String(edge),
    EDGE_API_PORT: String(api),
  };
  config = readConfig(environment).config;
  const routerSockets = hold ? await holdRouterSockets(config) : null;
  const { edge: program } = createPrograms({ root, build, config, environment, routerSockets });
  const logFile = path.join(directory, "edge.log");
  const say = (text: string) => void said.push(text);
  router = supervise(program, { runDirectory: path.join(directory, "run"), logFile, say });
  await router.ready(never);
  const { port } = application.address() as AddressInfo; // safe because it listens on TCP
  const endpoints = [{ host: "127.0.0.1", port }];
  const spec = { serviceId: "svc_app", releaseId: "dep_app", hosts: [hostName], endpoints, state: "running" as const };
  const routes = createEdge(config.edge);
  await routes.publish(spec);
  await routes.confirm(spec, 5_000, never);
}

const routerPid = () => findRecorded(path.join(directory, "run"), "edge")?.pid ?? null;

/** On a connection of its own, where no agent keeps one. */
function open(pathname: string, agent: Agent | false = false): Promise<IncomingMessage> {
  const { host, port } = config.edge;
  return new Promise((resolve, reject) => {
    get({ host, port, path: pathname, headers: { host: hostName }, agent }, resolve).once("error", reject);
  });
}

/** Visitors who each ask again as soon as they were answered; `kept`: every other one on the same connection. */
function startVisitors({ kept }: { kept: boolean }) {
  const underWay = new Set<{ held: boolean }>();
  const failures: string[] = [];
  let answered = 0;
  let going = true;
  async function visit(agent: Agent | false): Promise<void> {
    while (going) {
      const request = { held: false };
      underWay.add(request);
      const failure = await open("/", agent)
        .then(readText)
        .then((body) => (body === "hello" ? null : body))
        .catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
      underWay.delete(request);
      if (failure === null) answered += 1;
      else if (failure === "ECONNREFUSED" || !request.held) failures.push(failure);
    }
  }
  const agents = Array.from(
    { length: visitors },
    (_, index) => kept && index % 2 === 0 && new Agent({ keepAlive: true }),
  );
  const visiting = Promise.all(agents.map(visit));
  return {
    failures,
    /** What is under way now may be in the router's hands. */
    mark(): void {
      for (const request of underWay) request.held = true;
    },
    async more(count: number): Promise<void> {
      const enough = answered + count;
      await expect.poll(() => answered, { timeout: 30_000 }).toBeGreaterThanOrEqual(enough);
    },
    async stop(): Promise<void> {
      going = false;
      await visiting;
      for (const agent of agents) if (agent) agent.destroy();
    },
  };
}

async function endAgainAndAgain(signal: NodeJS.Signals): Promise<string[]> {
  // One that is killed takes its kept connections along.
  const load = startVisitors({ kept: signal === "SIGTERM" });
  for (let times = 0; times < 4; times += 1) {
    await load.more(100);
    const before = routerPid();
    if (before === null) throw new Error("no router is recorded");
    if (signal === "SIGKILL") load.mark();
    process.kill(before, signal);
    await expect.poll(routerPid, { timeout: 30_000 }).not.toSatisfy((pid) => pid === before || pid === null);
  }
  await load.more(100);
  await load.stop();
  return load.failures;
}

it.each(["127.0.0.1", "localhost"])("refuses nobody while its process is killed four times (%s)", async (host) => {
  await startRouter(host);
  expect(await endAgainAndAgain("SIGKILL")).toEqual([]);
  expect(said).toHaveLength(4);
});

it("fails no request while its process is asked to end four times", async () => {
  await startRouter("127.0.0.1");
  expect(await endAgainAndAgain("SIGTERM")).toEqual([]);
});

it("answers by another process while one that was asked to end still has a response under way", async () => {
  await startRouter("127.0.0.1");
  const response = await open("/slow");
  const before = routerPid();
  process.kill(before ?? 0, "SIGTERM");
  await expect.poll(routerPid).not.toSatisfy((pid) => pid === before || pid === null);
  expect(await readText(await open("/"))).toBe("hello");
  for (const one of slow) one.end("done");
  expect(await readText(response)).toBe("begun done");
});

it("comes back where it binds its ports itself", async () => {
  await startRouter("127.0.0.1", false);
  for (const signal of ["SIGKILL", "SIGTERM"] as const) {
    const before = routerPid();
    process.kill(before ?? 0, signal);
    await expect.poll(routerPid, { timeout: 30_000 }).not.toSatisfy((pid) => pid === before || pid === null);
    await expect.poll(() => open("/").then(readText), { timeout: 30_000 }).toBe("hello");
  }
  expect(said).toHaveLength(2);
});

it("says who has a port that it wants", async () => {
  const other = createNetServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo; // safe because it listens on TCP
  const { config: taken } = readConfig({ ...process.env, HELVETIA_DATA_DIR: directory, EDGE_PORT: String(port) });
  await expect(holdRouterSockets(taken)).rejects.toThrow(`(pid ${process.pid})`);
  other.close();
});
