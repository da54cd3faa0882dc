import type Dockerode from "dockerode";
import { expect, test } from "vitest";
import { containerStats } from "./read-stats";

function sample(memoryStats: Record<string, number>): Dockerode.ContainerStats {
  const stats = {
    cpu_stats: { cpu_usage: { total_usage: 3_000_000 }, system_cpu_usage: 40_000_000, online_cpus: 2 },
    precpu_stats: { cpu_usage: { total_usage: 1_000_000 }, system_cpu_usage: 20_000_000 },
    memory_stats: { usage: 100, stats: memoryStats },
    networks: { eth0: { rx_bytes: 5, tx_bytes: 7 }, eth1: { rx_bytes: 1, tx_bytes: 1 } },
  };
  return stats as unknown as Dockerode.ContainerStats; // safe because these are the fields that are read
}

test.each([
  ["cgroup v1", { total_inactive_file: 30, inactive_file: 10 }],
  ["cgroup v2", { inactive_file: 30 }],
])("%s: cores in thousandths, memory without the page cache, all networks", (_name, memory) => {
  expect(containerStats(sample(memory))).toEqual({
    cpuMillis: 200,
    memoryBytes: 70,
    networkRxBytes: 6,
    networkTxBytes: 8,
  });
});
