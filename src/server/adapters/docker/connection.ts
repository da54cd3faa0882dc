/** The way to one Docker Engine. The API version is left to the Engine: 20.10 (1.41) is the oldest that was tried. */
import { existsSync } from "node:fs";
import { Agent } from "node:http";
import { homedir } from "node:os";
import path from "node:path";
import Dockerode from "dockerode";
import { AppError } from "@/domain/errors";

/**
 * Each request gets a connection of its own. An Engine that is about to end takes no new ones, but goes on to serve those
 * that are open: on a kept one we would start the very containers that it has just stopped, and it would leave them to the
 * next Engine, which ends them once more.
 */
const agent = new Agent({ keepAlive: false });

/**
 * `host` is DOCKER_HOST: unix:///path or tcp://host:port; null looks at the usual sockets. `silenceMs`: a request in which
 * nothing arrives for so long is given up; null: never. Throws engine_unavailable for an address it cannot read.
 */
export function openConnection(host: string | null, silenceMs: number | null = null): Dockerode {
  const options = { agent, ...(silenceMs !== null && { timeout: silenceMs }) };
  if (host === null) return new Dockerode({ socketPath: usualSocket(), ...options });
  if (host.startsWith("unix://")) return new Dockerode({ socketPath: host.slice("unix://".length), ...options });
  const url = URL.parse(host);
  if (url?.protocol !== "tcp:" || url.hostname === "") {
    throw new AppError("engine_unavailable", {
      message: `The Docker Engine's address cannot be read: ${host}`,
      fix: "Set DOCKER_HOST to unix:///path or tcp://host:port.",
    });
  }
  return new Dockerode({ protocol: "http", host: url.hostname, port: Number(url.port || 2375), ...options });
}

/** Whether the Engine's disk and networks are this machine's own. */
export function isLocalHost(host: string | null): boolean {
  return host === null || host.startsWith("unix://");
}

const systemSocket = "/var/run/docker.sock";

function usualSocket(): string {
  const rootless = `/run/user/${process.getuid?.() ?? 0}/docker.sock`;
  const desktop = path.join(homedir(), ".docker/run/docker.sock");
  return [systemSocket, desktop, rootless].find((candidate) => existsSync(candidate)) ?? systemSocket;
}
