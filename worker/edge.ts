/**
 * The embedded router's process. It needs the routes directory and two ports and nothing else, so applications keep
 * answering while the database, the worker and the dashboard are down. `--traffic-fd N --api-fd N`: listens on sockets that
 * it inherited instead of binding the ports, so that no connection is refused while another process takes its place.
 */
import { parseArgs } from "node:util";
import { loadConfig } from "@/server/config";
import { stopGraces } from "@/server/config/stop-graces";
import { startRouter } from "@/server/edge-router/start-router";
import { createLogger } from "@/server/log";

const { config, warnings } = loadConfig();
const log = createLogger("edge");
for (const warning of warnings) log.warn(warning);

const { host, port, apiPort, routesDir, trustedProxies } = config.edge;
const { values } = parseArgs({ options: { "traffic-fd": { type: "string" }, "api-fd": { type: "string" } } });
const { "traffic-fd": traffic, "api-fd": api } = values;
const inherited = traffic && api ? { traffic: Number(traffic), api: Number(api) } : null;
const router = await startRouter({ host, port, apiPort, inherited, routesDir, trustedProxies, log });

let askedAt = 0;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    // Ctrl-C reaches the whole process group and its supervisor, so the same wish arrives twice. Asked again later, it
    // comes from somebody who will not wait for the drain.
    const now = performance.now();
    if (askedAt > 0 && now - askedAt < 1_000) return;
    const graceMs = askedAt > 0 ? 0 : stopGraces(config).edge;
    // Whoever holds the sockets need not wait for the drain: another process can take the connections that come from now
    // on. Where that one is dead, nobody is to be told.
    if (askedAt === 0 && inherited) process.send?.("leaving", () => undefined);
    askedAt = now;
    router.stop(graceMs).then(({ cut }) => {
      log.info({ cut }, "router stopped");
      process.exit(0);
    });
  });
}

log.info({ port: router.port, apiPort: router.apiPort, routesDir }, "router listens");
