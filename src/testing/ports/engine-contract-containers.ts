import { beforeAll, describe, expect, test } from "vitest";
import type { EngineBed } from "./engine-bed";

/** The Engine contract on networks and containers. */
export function containerContract(getBed: () => EngineBed): void {
  let bed: EngineBed;
  beforeAll(() => {
    bed = getBed();
  });

  describe("networks", () => {
    test("ensuring twice, also at the same time, is one network; removing twice succeeds", async () => {
      const { network } = bed.subject;
      await Promise.all([bed.engine.ensureNetwork(network), bed.engine.ensureNetwork(network)]);
      const found = (await bed.engine.listNetworks(bed.labels)).filter((one) => one.name === network.name);
      const labels = expect.objectContaining(bed.labels);
      expect(found).toEqual([{ name: network.name, bridge: network.bridge, labels }]);
      expect(await bed.engine.usedSubnets()).toContain(network.subnet);
      await bed.engine.removeNetwork(`${bed.subject.prefix}-absent`);
    });

    test("a subnet that another network has is refused", async () => {
      const { network } = bed.subject;
      const clash = { ...network, name: `${network.name}-clash`, bridge: "hvclash" };
      await expect(bed.engine.ensureNetwork(clash)).rejects.toMatchObject({ code: "subnet_taken" });
    });
  });

  describe("containers", () => {
    test("ensuring starts it with an endpoint; doing it again, or twice at once, changes nothing", async () => {
      const runs = bed.spec("runs");
      const [first, second] = await Promise.all([bed.engine.ensureContainer(runs), bed.engine.ensureContainer(runs)]);
      expect(first).toMatchObject({
        name: runs.name,
        status: "running",
        exitCode: null,
        outOfMemory: false,
        restartCount: 0,
        supervised: false,
        startedAt: expect.any(Date),
        finishedAt: null,
        endpoint: { host: expect.any(String), port: expect.any(Number) },
      });
      expect(first.labels).toMatchObject(bed.labels);
      expect(second.containerId).toBe(first.containerId);
      expect(await bed.engine.ensureContainer(runs)).toEqual(first);
      expect(await bed.engine.findContainer(runs.name)).toEqual(first);
      expect((await bed.engine.listContainers(bed.labels)).map((one) => one.name)).toContain(runs.name);
      expect(await bed.engine.listContainers({ ...bed.labels, other: "x" })).toEqual([]);
    });

    test("a stopped one stays down with its exit code, starts again when ensured, and goes when removed", async () => {
      const runs = bed.spec("runs");
      const { containerId } = await bed.engine.ensureContainer(runs);
      await bed.engine.stopContainer(runs.name, 1);
      await bed.engine.stopContainer(runs.name, 1);
      const stopped = await bed.engine.findContainer(runs.name);
      expect(stopped).toMatchObject({ status: "exited", endpoint: null, finishedAt: expect.any(Date) });
      expect(stopped?.exitCode).not.toBeNull();
      expect(await bed.engine.ensureContainer(runs)).toMatchObject({ status: "running", containerId });
      await bed.engine.removeContainer(runs.name);
      await bed.engine.removeContainer(runs.name);
      await bed.engine.stopContainer(runs.name, 1);
      expect(await bed.engine.findContainer(runs.name)).toBeNull();
    });

    test("one that ends by itself stays down, with what it ended with", async () => {
      const exits = bed.spec("complainsAndExits");
      await bed.engine.ensureContainer(exits);
      const ended = await bed.until(exits.name, (state) => state.status === "exited");
      expect(ended).toMatchObject({ exitCode: 3, restartCount: 0, supervised: false });
      // To supervise it is no start.
      await bed.engine.superviseContainer(exits.name);
      expect(await bed.engine.findContainer(exits.name)).toEqual({ ...ended, supervised: true });
      await bed.engine.removeContainer(exits.name);
      await bed.engine.superviseContainer(exits.name);
      expect(await bed.engine.findContainer(exits.name)).toBeNull();
    });

    test("to supervise one that runs, also twice, leaves it as it is", async () => {
      const runs = bed.spec("runs");
      const before = await bed.engine.ensureContainer(runs);
      await bed.engine.superviseContainer(runs.name);
      await bed.engine.superviseContainer(runs.name);
      expect(await bed.engine.ensureContainer(runs)).toEqual({ ...before, supervised: true });
    });

    test("a supervised one that ends by itself is started again, and that can be seen", async () => {
      const exits = bed.spec("complainsAndExits");
      await bed.engine.ensureContainer(exits);
      await bed.engine.superviseContainer(exits.name);
      await bed.engine.ensureContainer(exits);
      const seen = await bed.until(exits.name, (state) => state.restartCount > 0 && state.exitCode !== null);
      expect(seen).toMatchObject({ exitCode: 3, outOfMemory: false, endpoint: null });
      await bed.engine.stopContainer(exits.name, 1);
      expect(await bed.engine.findContainer(exits.name)).toMatchObject({ status: "exited" });
    });

    test("one that takes more memory than it may is killed, and that is told apart", async () => {
      const eats = bed.spec("eatsMemory");
      await bed.engine.ensureContainer(eats);
      expect(await bed.until(eats.name, (state) => state.outOfMemory && state.exitCode !== null)).toMatchObject({
        exitCode: 137,
      });
      await bed.engine.removeContainer(eats.name);
    });

    test("a command that cannot be executed ends with 127, as in a shell", async () => {
      const cannot = bed.spec("cannotStart");
      await bed.engine.ensureContainer(cannot);
      await bed.until(cannot.name, (state) => state.exitCode === 127);
      await bed.engine.removeContainer(cannot.name);
    });

    test("without its image or its network it is refused", async () => {
      await expect(
        bed.engine.ensureContainer({ ...bed.spec("runs"), image: bed.subject.unknownImage }),
      ).rejects.toMatchObject({
        code: "image_not_found",
      });
      await expect(
        bed.engine.ensureContainer({ ...bed.spec("runs"), network: `${bed.subject.prefix}-absent` }),
      ).rejects.toMatchObject({ code: "engine_refused" });
    });

    test("figures come from a running container alone", async () => {
      const runs = bed.spec("runs");
      await bed.engine.ensureContainer(runs);
      const stats = await bed.engine.stats(runs.name);
      expect(stats?.memoryBytes).toBeGreaterThan(0);
      expect(stats?.cpuMillis).toBeGreaterThanOrEqual(0);
      await bed.engine.stopContainer(runs.name, 1);
      expect(await bed.engine.stats(runs.name)).toBeNull();
      expect(await bed.engine.stats(`${bed.subject.prefix}-absent`)).toBeNull();
    });
  });
}
