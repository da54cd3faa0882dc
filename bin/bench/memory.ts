/** Proportional set size of the platform's processes, children included. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const recordSchema = z.object({ pid: z.number() });

export const programs = ["web", "worker", "edge"] as const;

/** MB (10^6 bytes) of each process and its descendants, as /proc has it now. */
export function readMemory(dataDirectory: string): Record<(typeof programs)[number], number> {
  const parents = readParents();
  const pss = (name: string) => {
    const file = path.join(dataDirectory, "run", `${name}.json`);
    const { pid } = recordSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return withDescendants(pid, parents).reduce((sum, one) => sum + readPss(one), 0) / 1e6;
  };
  return { web: pss("web"), worker: pss("worker"), edge: pss("edge") };
}

function readPss(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1024;
  } catch {
    return 0; // It ended meanwhile.
  }
}

function readParents(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      // The name in parentheses may hold spaces; the fields after it do not.
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  return parents;
}

function withDescendants(pid: number, parents: Map<number, number>): number[] {
  const children = [...parents].flatMap(([child, parent]) => (parent === pid ? [child] : []));
  return [pid, ...children.flatMap((child) => withDescendants(child, parents))];
}
