/** The exact object of POST /containers/create: tenants are strangers, so what a container may do is decided here. */
import type Dockerode from "dockerode";
import { label } from "@/domain/naming";
import type { ContainerSpec } from "@/domain/plan/types";

/** How prober and router reach containers: by address on the bridge network, or by a port published on 127.0.0.1. */
export type Addressing = "bridge" | "loopback";

/**
 * Given back after CAP_DROP ALL: what images that start as root and step down need (chown of their directories, gosu,
 * nginx's workers, a supervisor's signals) and low ports. Left out of Docker's default list: raw sockets, device
 * nodes, chroot, file capabilities, set-user-id bits and the audit log.
 */
const capabilities = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID"];

/** In nanoseconds. Without a Test of its own the container has its image's. */
function healthcheck(wanted: ContainerSpec["healthcheck"]) {
  if (!wanted) return { Test: ["NONE"] };
  return {
    Interval: wanted.intervalMs * 1e6,
    Timeout: wanted.timeoutMs * 1e6,
    StartPeriod: wanted.startPeriodMs * 1e6,
    Retries: wanted.failuresUntilUnhealthy,
  };
}

/** What programs expect to write to. It counts as the container's memory, so it may not have all of that. */
function writableDirectories(memoryMib: number): Record<string, string> {
  const options = `rw,exec,nosuid,nodev,size=${Math.ceil(memoryMib / 4)}m`;
  return { "/tmp": `${options},mode=1777`, "/run": `${options},mode=755` };
}

/**
 * Two files of 32 MiB a container: what it prints in at least half a minute at 5,000 lines a second, for a reader that
 * was away. Large ones, because an Engine leaves a file out for a reader that is two behind (see log-trust.ts).
 */
const logConfig = { Type: "json-file", Config: { "max-size": "32m", "max-file": "2" } };

export function containerBody(spec: ContainerSpec, addressing: Addressing): Dockerode.ContainerCreateOptions {
  const port = `${spec.port}/tcp`;
  const memory = spec.memoryMib * 2 ** 20;
  return {
    name: spec.name,
    Image: spec.image,
    ...(spec.command && { Cmd: spec.command }),
    Env: Object.entries(spec.env)
      .map(([key, value]) => `${key}=${value}`)
      .sort(),
    Labels: { ...spec.labels, [label.port]: String(spec.port) },
    ExposedPorts: { [port]: {} },
    StopTimeout: spec.stopGraceSeconds,
    Healthcheck: healthcheck(spec.healthcheck),
    HostConfig: {
      NetworkMode: spec.network,
      RestartPolicy: { Name: "no" },
      // A process 1 that passes signals on and reaps children, which few applications do themselves.
      Init: true,
      SecurityOpt: ["no-new-privileges:true"],
      CapDrop: ["ALL"],
      CapAdd: capabilities,
      PidsLimit: spec.pidsLimit,
      ...(spec.readOnlyRoot && { ReadonlyRootfs: true, Tmpfs: writableDirectories(spec.memoryMib) }),
      // Where the machine's memory runs out, an application goes before the platform that can start it again.
      OomScoreAdj: 300,
      Memory: memory,
      // Equal to memory: no swap, so the limit is the limit and a leak ends in seconds, not in thrashing.
      MemorySwap: memory,
      NanoCpus: spec.cpuMillis * 1_000_000,
      LogConfig: logConfig,
      ...(addressing === "loopback" && { PortBindings: { [port]: [{ HostIp: "127.0.0.1", HostPort: "" }] } }),
    },
    NetworkingConfig: { EndpointsConfig: { [spec.network]: { Aliases: spec.networkAliases } } },
  };
}
