/**
 * The embedded router: reads the routes directory, then listens for the applications' traffic and for its own API. It
 * needs nothing else: no database, no worker, no web process.
 */
import { createServer, type Server } from "node:http";
import { type AddressInfo, type ListenOptions, Server as NetServer } from "node:net";
import type { Duplex } from "node:stream";
import type { Logger } from "@/server/log";
import { createApiListener } from "./api";
import { readTrustedProxies } from "./forwarded-headers";
import { Records } from "./records";
import { RouteTable } from "./route-table";
import { createTraffic, isWebSocket } from "./traffic";
import { createUpstreams } from "./upstreams";
import { watchRoutes } from "./watch-routes";

export type RouterOptions = {
  host: string;
  /** 0: any free port; so for apiPort. */
  port: number;
  apiPort: number;
  /** Descriptors of bound sockets to listen on instead, which whoever started this process keeps open, too. */
  inherited?: { traffic: number; api: number } | null;
  routesDir: string;
  trustedProxies: string[];
  log: Logger;
};

export type RunningRouter = {
  port: number;
  apiPort: number;
  /** Stops accepting, lets what is under way end within the grace, and returns how much it had to cut. */
  stop(graceMs: number): Promise<{ cut: number }>;
};

/** Longer than clients keep idle connections by default, so that it is they who close, and never while we do. */
const keepAliveMs = 75_000;
/** After it was asked to stop: a client may be sending its next request on a kept connection just then. */
const idleGraceMs = 1_000;

/** Rejects where a port is taken or the routes directory cannot be read; RangeError for a bad trusted proxy. */
export async function startRouter(options: RouterOptions): Promise<RunningRouter> {
  const { log } = options;
  const trusted = readTrustedProxies(options.trustedProxies);
  const table = new RouteTable();
  const watching = watchRoutes(options.routesDir, table, log);
  const upstreams = createUpstreams(table);
  const parts = { table, upstreams, records: new Records(), trusted, reread: watching.reread, log };

  const { onRequest, onUpgrade } = createTraffic(parts);
  const traffic = createServer({
    keepAliveTimeout: keepAliveMs,
    headersTimeout: 30_000,
    // The whole request has no time limit: an upload may take hours. Silence within one is limited by traffic.ts.
    requestTimeout: 0,
    maxHeaderSize: 32 * 1024,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
    shouldUpgradeCallback: isWebSocket,
  });
  traffic.on("request", onRequest).on("upgrade", onUpgrade);
  // A listener of its own, or Node would say "100 Continue" before the application was asked.
  traffic.on("checkContinue", onRequest);
  traffic.on("clientError", refuseMalformed);
  const api = createServer(createApiListener(parts));

  const stopListening = async () => {
    // HTTP's own close cuts idle connections at once.
    const trafficClosed = closed((done) => NetServer.prototype.close.call(traffic, done));
    await Promise.all([trafficClosed, closed((done) => api.close(done))]);
    watching.close();
    upstreams.close();
  };
  try {
    const { inherited, host, port, apiPort } = options;
    await listen(api, inherited ? { fd: inherited.api } : { host: "127.0.0.1", port: apiPort });
    await listen(traffic, inherited ? { fd: inherited.traffic } : { host, port });
  } catch (error) {
    await stopListening();
    throw error;
  }
  return { port: portOf(traffic), apiPort: portOf(api), stop };

  async function stop(graceMs: number): Promise<{ cut: number }> {
    // A kept connection takes no further request after the one it carries now.
    traffic.prependListener("request", (_request, response) => {
      response.shouldKeepAlive = false;
    });
    const idleUntil = performance.now() + idleGraceMs;
    const closingIdle = setInterval(() => {
      if (performance.now() >= idleUntil) traffic.closeIdleConnections();
    }, 50);
    let cut = 0;
    const grace = setTimeout(() => {
      cut = upstreams.inFlight.cutAll();
      traffic.closeAllConnections();
    }, graceMs);
    await stopListening();
    clearTimeout(grace);
    clearInterval(closingIdle);
    return { cut };
  }
}

function listen(server: Server, where: ListenOptions | { fd: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Resolves once the last connection has ended; a server that never listened is closed already. */
function closed(close: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => close(resolve));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // safe because it listens on TCP
}

function refuseMalformed(error: NodeJS.ErrnoException, client: Duplex): void {
  if (error.code === "ECONNRESET" || !client.writable) return void client.destroy();
  const status =
    { HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large", ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout" }[
      error.code ?? ""
    ] ?? "400 Bad Request";
  client.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
