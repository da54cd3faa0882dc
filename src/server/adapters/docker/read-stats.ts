import type Dockerode from "dockerode";
import type { ContainerStats } from "@/server/ports";
import { orAbsent } from "./translate-error";

/** Takes one to two seconds: the Engine measures the CPU between two samples. Null unless it runs. */
export async function readStats(docker: Dockerode, name: string): Promise<ContainerStats | null> {
  const stats = await orAbsent(docker.getContainer(name).stats({ stream: false }), null);
  if (!stats?.memory_stats?.usage) return null;
  return containerStats(stats);
}

export function containerStats(stats: Dockerode.ContainerStats): ContainerStats {
  const cpu = stats.cpu_stats.cpu_usage.total_usage - stats.precpu_stats.cpu_usage.total_usage;
  const system = stats.cpu_stats.system_cpu_usage - (stats.precpu_stats.system_cpu_usage ?? 0);
  const cores = stats.cpu_stats.online_cpus ?? 1;
  // The page cache of files can be taken back at any time, so it is not what people mean by memory in use (as `docker stats`).
  const { usage, stats: memory } = stats.memory_stats;
  const cache = memory?.total_inactive_file ?? memory?.inactive_file ?? 0;
  const networks = Object.values(stats.networks ?? {});
  return {
    cpuMillis: system > 0 && cpu > 0 ? Math.round((cpu / system) * cores * 1000) : 0,
    memoryBytes: Math.max(0, usage - cache),
    networkRxBytes: networks.reduce((sum, network) => sum + network.rx_bytes, 0),
    networkTxBytes: networks.reduce((sum, network) => sum + network.tx_bytes, 0),
  };
}
