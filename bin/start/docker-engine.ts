/** Finds the Docker Engine without a client library: this runs before we know that there is one. */
import { existsSync } from "node:fs";
import http from "node:http";
import { homedir } from "node:os";
import path from "node:path";

export type FoundEngine = { host: string; version: string };
export type EngineProblem = { host: string; reason: "absent" | "denied" };

type Answer = { status: number; body: string };

/** The Engine at DOCKER_HOST, or at the first of the usual sockets that answers. */
export async function findEngine(dockerHost: string | null): Promise<FoundEngine | EngineProblem> {
  const hosts = dockerHost === null ? usualSockets().filter(exists) : [dockerHost];
  let problem: EngineProblem = { host: hosts[0] ?? "unix:///var/run/docker.sock", reason: "absent" };
  for (const host of hosts) {
    const answer = await askEngine(host, "/version", 5000).catch((error: NodeJS.ErrnoException) => error.code ?? "");
    if (typeof answer === "object" && answer.status === 200) {
      const { Version } = JSON.parse(answer.body) as { Version: string }; // safe because the Engine API's /version has it
      return { host, version: Version };
    }
    if (answer === "EACCES" || answer === "EPERM") problem = { host, reason: "denied" };
  }
  return problem;
}

export function isFound(result: FoundEngine | EngineProblem): result is FoundEngine {
  return "version" in result;
}

/**
 * Whether the Engine reaches the registry that it would pull from: it is asked for a manifest, so its own proxies and
 * mirrors count. An answer of any kind but "cannot reach it" within the time means yes.
 */
export async function reachesRegistry(host: string, mirror: string | null, timeoutMs: number): Promise<boolean> {
  const image = mirror === null ? "busybox" : `${mirror}/library/busybox`;
  const answer = await askEngine(host, `/distribution/${image}/json`, timeoutMs).catch(() => null);
  return answer !== null && answer.status < 500;
}

/** `host`: unix:///path or tcp://host:port. Rejects after `timeoutMs`. */
function askEngine(host: string, requestPath: string, timeoutMs: number): Promise<Answer> {
  const target = host.startsWith("unix://")
    ? { socketPath: host.slice("unix://".length) }
    : { hostname: new URL(host).hostname, port: new URL(host).port || "2375" };
  return new Promise((resolve, reject) => {
    const request = http.get({ ...target, path: requestPath, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      response.on("error", reject);
    });
    request.on("error", reject);
  });
}

/** Docker's own, rootless Docker's, Docker Desktop's and Colima's. */
function usualSockets(): string[] {
  const runtime = process.env.XDG_RUNTIME_DIR;
  return [
    "/var/run/docker.sock",
    ...(runtime ? [path.join(runtime, "docker.sock")] : []),
    path.join(homedir(), ".docker/run/docker.sock"),
    path.join(homedir(), ".colima/default/docker.sock"),
  ].map((socket) => `unix://${socket}`);
}

function exists(host: string): boolean {
  return existsSync(host.slice("unix://".length));
}
