import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContainerSpec } from "@/domain/plan/types";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";
import { openConnection } from "./connection";

const image = "busybox:1.36";

/** What the Engine itself gets into: seen by `npm run chaos`, which restarts it under deployments. */
describeWithDocker("an Engine that is of two minds", () => {
  let bed: TestEngine;
  beforeAll(async () => {
    bed = createTestEngine({ addressing: "bridge" });
    await bed.engine.pullImage(image, () => {}, new AbortController().signal);
  });
  afterAll(() => bed.tearDown());

  test("a network that many make at the same moment is one, and an error for none", async () => {
    for (let round = 0; round < 5; round += 1) {
      const network = { ...bed.network, name: `${bed.prefix}-${round}` };
      await Promise.all(Array.from({ length: 8 }, () => bed.engine.ensureNetwork(network)));
      const there = await bed.engine.listNetworks(bed.labels);
      expect(there.map(({ name }) => name)).toEqual([network.name]);
      await bed.engine.removeNetwork(network.name);
    }
  });

  test("a container that cannot be started any more is made anew", async () => {
    await bed.engine.ensureNetwork(bed.network);
    const spec: ContainerSpec = {
      name: `${bed.prefix}-app`,
      image,
      env: {},
      labels: bed.labels,
      network: bed.network.name,
      networkAliases: [],
      command: ["sleep", "600"],
      port: 3000,
      memoryMib: 32,
      cpuMillis: 500,
      pidsLimit: 16,
      readOnlyRoot: false,
      healthcheck: null,
      stopGraceSeconds: 0,
    };
    const first = await bed.engine.ensureContainer(spec);
    await bed.engine.stopContainer(spec.name, 0);
    // Its network goes and comes back as another one of the same name: the container still wants the one that is gone.
    await bed.engine.removeNetwork(bed.network.name);
    await bed.engine.ensureNetwork(bed.network);
    await expect(openConnection(null).getContainer(spec.name).start()).rejects.toThrow(/network .* not found/);
    const second = await bed.engine.ensureContainer(spec);
    expect(second).toMatchObject({ status: "running" });
    expect(second.containerId).not.toBe(first.containerId);
  });
});
