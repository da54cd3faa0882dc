/**
 * The processes of the platform: what runs, with how much memory, and how one sees that it answers. Measured idle: a
 * young generation of 2 MiB takes 13 MB off the worker; --enable-source-maps would put 37 MB on it, because it reads the
 * maps of all packages, so stack traces name lines of the bundle, which is not minified.
 */
import path from "node:path";
import type { Config } from "@/server/config";
import { type ProcessName, stopGraces } from "@/server/config/stop-graces";
import { edgeApi } from "@/server/edge-api";
import { checkPorts } from "./check-machine";
import { type HeldSocket, holdSockets } from "./hold-sockets";
import { firstSocketFd, type Program } from "./supervised-program";

/** Started in any order; stopped in this one: nobody asks any more, then nobody works, then nobody is routed. */
export const stopOrder = ["web", "worker", "edge"] as const satisfies ProcessName[];

/** A process ends by itself when its own grace is over, and this is the time that ending takes on a busy machine. */
const stopMarginMs = 5_000;

type RouterSockets = { traffic: HeldSocket; api: HeldSocket };

/** The router's ports, to outlive its processes; null where this Node.js cannot. CommandError where one is taken. */
export async function holdRouterSockets(config: Config): Promise<RouterSockets | null> {
  const { host, port, apiPort } = config.edge;
  try {
    return await holdSockets({ traffic: { host, port }, api: { host: "127.0.0.1", port: apiPort } });
  } catch (error) {
    await checkPorts(config);
    throw error;
  }
}

/** `routerSockets`: given to the router's processes, and closed with its stop; without them it binds for itself. */
export function createPrograms(options: {
  root: string;
  build: string;
  config: Config;
  environment: NodeJS.ProcessEnv;
  routerSockets?: RouterSockets | null;
}): Record<ProcessName, Program> {
  const { root, build, config, environment, routerSockets } = options;
  const graces = stopGraces(config);
  const inherited = routerSockets ? [`--traffic-fd=${firstSocketFd}`, `--api-fd=${firstSocketFd + 1}`] : [];
  const program = (name: ProcessName, args: string[], own: Partial<Program>): Program => ({
    name,
    command: process.execPath,
    args,
    cwd: root,
    env: environment,
    isReady: "message",
    stopGraceMs: graces[name] + stopMarginMs,
    ...own,
  });
  const at = (file: string) => path.join(build, file);
  return {
    web: program("web", ["--max-old-space-size=384", at("web/server.js")], {
      // The process that the internet reaches is not told where Docker is.
      env: { ...environment, DOCKER_HOST: undefined, PORT: String(config.web.port), HOSTNAME: config.web.host },
      isReady: () => answers(`http://${reachable(config.web.host)}:${config.web.port}/api/ready`),
    }),
    worker: program("worker", ["--max-old-space-size=256", "--max-semi-space-size=2", at("worker.mjs")], {}),
    // Its garbage is young: a small young generation keeps it at a third of the memory under load, at the same rate.
    edge: program("edge", ["--max-old-space-size=256", "--max-semi-space-size=4", at("edge.mjs"), ...inherited], {
      sockets: routerSockets ? [routerSockets.traffic, routerSockets.api] : [],
      env: { ...environment, DOCKER_HOST: undefined, DATABASE_URL: undefined, SECRET_KEY: undefined },
      isReady: () => answers(`${config.edge.apiUrl}${edgeApi.overview}`),
    }),
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** An address that means "all" is no address to connect to. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  return host.includes(":") ? `[${host === "::" ? "::1" : host}]` : host;
}
