import type { ContainerSpec } from "@/domain/plan/types";
import type { TestEngine } from "./docker";

export const testImage = "busybox:1.36";

let count = 0;

/** A small container on the test's own network that runs this script in its image's shell. */
export function scriptSpec(bed: TestEngine, script: string, change: Partial<ContainerSpec> = {}): ContainerSpec {
  count += 1;
  return {
    name: `${bed.prefix}-${count}`,
    image: testImage,
    env: {},
    labels: bed.labels,
    network: bed.network.name,
    networkAliases: [],
    command: ["sh", "-c", script],
    port: 3000,
    memoryMib: 64,
    cpuMillis: 500,
    pidsLimit: 64,
    readOnlyRoot: false,
    healthcheck: null,
    stopGraceSeconds: 1,
    ...change,
  };
}

/** Runs the script to its end in a container of its own; the lines of its standard output. */
export async function containerOutput(
  bed: TestEngine,
  script: string,
  change: Partial<ContainerSpec> = {},
): Promise<string[]> {
  const container = scriptSpec(bed, `${script}; echo end-of-output; exec sleep 600`, change);
  await bed.engine.ensureContainer(container);
  const texts: string[] = [];
  for await (const { stream, text } of bed.engine.followLogs(container.name, null, new AbortController().signal)) {
    if (text === "end-of-output") break;
    if (stream === "stdout") texts.push(text);
  }
  await bed.engine.removeContainer(container.name);
  return texts;
}
