import { describe, expect, test } from "vitest";
import { cgroupLayout, helperCommand, limitsOrder } from "./limits-script";

describe("build limits", () => {
  test.each([
    [{ CgroupDriver: "cgroupfs", CgroupVersion: "1" }, ["memory/docker/buildkit", "cpu/docker/buildkit"], "*"],
    [{ CgroupDriver: "cgroupfs" }, ["memory/docker/buildkit", "cpu/docker/buildkit"], "*"],
    [{ CgroupDriver: "cgroupfs", CgroupVersion: "2" }, ["docker/buildkit"], "*"],
    [{ CgroupDriver: "systemd", CgroupVersion: "2" }, ["system.slice"], "system.slice:docker:*"],
  ])("%o: the steps are below %o", (info, parents, steps) => {
    expect(cgroupLayout(info)).toEqual({ parents, steps });
  });

  test.each([{ CgroupDriver: "systemd", CgroupVersion: "1" }, { CgroupDriver: "none", CgroupVersion: "2" }, {}])(
    "%o: unknown, so nothing is written",
    (info) => {
      expect(cgroupLayout(info)).toBeNull();
    },
  );

  test("where to look are arguments", () => {
    const command = helperCommand({ parents: ["a", "b"], steps: "*" });
    expect(command.slice(0, 2)).toEqual(["sh", "-c"]);
    expect(command.slice(3)).toEqual(["limits", "*", "/cgroup/a", "/cgroup/b"]);
  });

  test("an order is a line with its number, bytes and microseconds of 100 ms", () => {
    expect(limitsOrder(7, { memoryMib: 512, cpuMillis: 1500 })).toBe("7 536870912 150000\n");
    expect(limitsOrder(8, null)).toBe("8\n");
  });
});
