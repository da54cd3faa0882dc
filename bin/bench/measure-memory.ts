/** Memory of web, worker and edge together: idle after the start, and after whatever the other sections did. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Bench, Section } from "./bench";
import { readMemory } from "./memory";

const settleMs = 30_000;

export const measureIdleMemory: Section = { name: "memory", run: (bench) => measure(bench, "idle", 280) };
export const measureMemoryAfter: Section = {
  name: "memory after",
  run: (bench) => measure(bench, "after the load", 450),
};

async function measure(bench: Bench, when: string, atMost: number) {
  bench.say(`memory, after ${settleMs / 1000} s of rest`);
  await sleep(settleMs);
  const { web, worker, edge } = readMemory(bench.instance.dataDirectory);
  const parts = [`web ${Math.round(web)}`, `worker ${Math.round(worker)}`, `edge ${Math.round(edge)}`].join(", ");
  return [
    {
      name: `web + worker + edge, ${when}`,
      value: web + worker + edge,
      unit: "MB" as const,
      target: { atMost },
      detail: `PSS: ${parts}`,
      samples: [],
    },
  ];
}
