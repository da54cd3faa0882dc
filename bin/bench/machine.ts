import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

/** What the numbers were measured on: they mean little without it. */
export function describeMachine() {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
    platform: process.platform,
  };
}

/** What else the machine did in the last minute, as processes that ran or wanted to, for each core. */
export function busyness(): number {
  return (loadavg()[0] ?? 0) / availableParallelism();
}
