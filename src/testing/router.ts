/** The embedded router on free ports and a routes directory of its own, for tests of what passes through it. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from "node:http";
import { type AddressInfo, connect, type Server as NetServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text as readText } from "node:stream/consumers";
import type { Endpoint, RouteSpec } from "@/domain/plan/types";
import { createEdge } from "@/server/adapters/edge/create-edge";
import { startRouter } from "@/server/edge-router/start-router";
import { createLogger } from "@/server/log";

export type Answer = { status: number; headers: IncomingMessage["headers"]; rawHeaders: string[]; body: string };

export type TestRouter = Awaited<ReturnType<typeof startTestRouter>>;

export async function startTestRouter(options: { trustedProxies?: string[] } = {}) {
  const routesDir = mkdtempSync(path.join(tmpdir(), "routes-"));
  const log = createLogger("test", "silent");
  const trustedProxies = options.trustedProxies ?? [];
  const router = await startRouter({ host: "127.0.0.1", port: 0, apiPort: 0, routesDir, trustedProxies, log });
  const edge = createEdge({ routesDir, apiUrl: `http://127.0.0.1:${router.apiPort}` });
  const servers = new Set<Server | NetServer>();

  return {
    router,
    edge,
    routesDir,

    /** Publishes `app.example` at these endpoints and waits until it is applied. */
    async route(endpoints: Endpoint[], change: Partial<RouteSpec> = {}): Promise<void> {
      const route: RouteSpec = {
        serviceId: "svc_app",
        releaseId: "dep_app",
        hosts: ["app.example"],
        endpoints,
        state: "running",
        ...change,
      };
      await edge.publish(route);
      await edge.confirm(route, 5_000, new AbortController().signal);
    },

    /** An application of this process. */
    serve: (listener: RequestListener) => listenOn(createServer({ keepAliveTimeout: 60_000 }, listener), servers),
    /** One that speaks for itself, byte by byte. */
    serveWith: (server: Server | NetServer) => listenOn(server, servers),

    async ask(
      options: { path?: string; method?: string; host?: string; headers?: Record<string, string>; body?: string } = {},
    ): Promise<Answer> {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const { path: target = "/", method = "GET", host = "app.example", headers = {} } = options;
        const asking = request(
          { host: "127.0.0.1", port: router.port, path: target, method, headers: { host, ...headers }, agent: false },
          resolve,
        );
        asking.once("error", reject);
        asking.end(options.body);
      });
      const { statusCode = 0, headers, rawHeaders } = response;
      return { status: statusCode, headers, rawHeaders, body: await readText(response) };
    },

    /** Sends bytes as they are, and returns all that comes back until the connection closes. */
    send: (text: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(router.port, "127.0.0.1");
        let received = "";
        socket.setEncoding("latin1");
        socket.on("data", (chunk: string) => {
          received += chunk;
        });
        socket.once("close", () => resolve(received));
        socket.once("error", reject);
        socket.write(text, "latin1");
      }),

    async close(): Promise<void> {
      await router.stop(0);
      for (const server of servers) {
        if ("closeAllConnections" in server) server.closeAllConnections();
        server.close();
      }
      rmSync(routesDir, { recursive: true });
    },
  };
}

/** An endpoint that refuses: nobody listens there any more. */
export async function refusingEndpoint(): Promise<Endpoint> {
  const server = createServer();
  const endpoint = await listenOn(server, new Set());
  await new Promise((resolve) => server.close(resolve));
  return endpoint;
}

async function listenOn(server: Server | NetServer, servers: Set<Server | NetServer>): Promise<Endpoint> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.add(server);
  return { host: "127.0.0.1", port: (server.address() as AddressInfo).port }; // safe because it listens on TCP
}
