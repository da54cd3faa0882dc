import type Dockerode from "dockerode";
import type { EngineHealth } from "@/domain/health/engine-health";
import { label } from "@/domain/naming";
import type { Endpoint } from "@/domain/plan/types";
import type { ContainerState } from "@/server/ports";

const statuses = ["created", "running", "paused", "restarting", "exited", "dead"] as const;

/** What `inspect` says, in the port's words. Always from a fresh inspect: a restart may change the address. */
export function containerState(info: Dockerode.ContainerInspectInfo): ContainerState {
  const { State: state } = info;
  // "removing" is a container on its way out: nothing can be expected of it any more.
  const status = statuses.find((known) => known === state.Status) ?? "dead";
  const ended = status === "exited" || status === "restarting" || status === "dead";
  return {
    name: info.Name.replace(/^\//, ""),
    containerId: info.Id,
    labels: info.Config.Labels,
    status,
    exitCode: ended ? state.ExitCode : null,
    outOfMemory: state.OOMKilled,
    restartCount: info.RestartCount,
    supervised: info.HostConfig.RestartPolicy?.Name === "unless-stopped",
    startedAt: dateOrNull(state.StartedAt),
    finishedAt: status === "running" ? null : dateOrNull(state.FinishedAt),
    endpoint: status === "running" ? endpointOf(info) : null,
    health: status === "running" ? engineHealth(state) : null,
  };
}

/** As much of what a check printed as helps a person to see what it was. */
const longestOutput = 1024;

function engineHealth({ Health: health, StartedAt }: Dockerode.ContainerInspectInfo["State"]): EngineHealth | null {
  const status = (["starting", "healthy", "unhealthy"] as const).find((known) => known === health?.Status);
  if (!health || !status) return null;
  // The Engine keeps what it found before a restart.
  const log = (health.Log ?? []).filter(({ Start }) => new Date(Start) >= new Date(StartedAt));
  const lastBad = log.findLastIndex((one) => one.ExitCode !== 0);
  const last = log.at(-1);
  const output = last && last.ExitCode !== 0 ? last.Output.slice(0, longestOutput) : null;
  return { status, successes: log.length - 1 - lastBad, ranAt: last ? new Date(last.End) : null, output };
}

/** A published port wins: it exists only where the address on the bridge cannot be reached from here. */
function endpointOf(info: Dockerode.ContainerInspectInfo): Endpoint | null {
  const port = Number(info.Config.Labels[label.port]);
  if (!port) return null;
  const published = info.NetworkSettings.Ports?.[`${port}/tcp`]?.[0];
  if (published) return { host: published.HostIp, port: Number(published.HostPort) };
  const address = info.NetworkSettings.Networks[info.HostConfig.NetworkMode ?? ""]?.IPAddress;
  return address ? { host: address, port } : null;
}

/** Docker's zero date, 0001-01-01, means never. */
function dateOrNull(text: string): Date | null {
  const date = new Date(text);
  return date.getTime() > 0 ? date : null;
}
