import { describe, expect, test } from "vitest";
import { cgroupLayout, limitsCommand } from "./limits-script";

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

  test("the figures are arguments, in bytes and in microseconds of 100 ms", () => {
    const layout = { parents: ["a", "b"], steps: "*" };
    const command = limitsCommand(layout, { memoryMib: 512, cpuMillis: 1500 });
    expect(command.slice(0, 2)).toEqual(["sh", "-c"]);
    expect(command.slice(3)).toEqual(["limits", "536870912", "150000", "*", "/cgroup/a", "/cgroup/b"]);
  });
});
