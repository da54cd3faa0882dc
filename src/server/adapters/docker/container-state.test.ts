import type Dockerode from "dockerode";
import { describe, expect, test } from "vitest";
import { containerState } from "./container-state";

const never = "0001-01-01T00:00:00Z";

function inspected(state: Partial<Dockerode.ContainerInspectInfo["State"]>, ports = {}) {
  const info = {
    Id: "abc",
    Name: "/web-0",
    RestartCount: 2,
    State: {
      Status: "running",
      ExitCode: 0,
      OOMKilled: false,
      StartedAt: "2026-01-01T00:00:00.5Z",
      FinishedAt: never,
      ...state,
    },
    Config: { Labels: { "cloud.helvetia.port": "3000" } },
    HostConfig: { NetworkMode: "net", RestartPolicy: { Name: "unless-stopped" } },
    NetworkSettings: { Ports: ports, Networks: { net: { IPAddress: "10.0.0.7" } } },
  };
  return info as unknown as Dockerode.ContainerInspectInfo; // safe because these are the fields that are read
}

describe("containerState", () => {
  test("a running container has an address and no exit code", () => {
    expect(containerState(inspected({ FinishedAt: "2025-01-01T00:00:00Z" }))).toEqual({
      name: "web-0",
      containerId: "abc",
      labels: { "cloud.helvetia.port": "3000" },
      status: "running",
      exitCode: null,
      outOfMemory: false,
      restartCount: 2,
      supervised: true,
      startedAt: new Date("2026-01-01T00:00:00.5Z"),
      finishedAt: null,
      endpoint: { host: "10.0.0.7", port: 3000 },
      health: null,
    });
  });

  test("the HEALTHCHECK's good results in a row are counted; a bad one is told with what it printed", () => {
    const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
    const health = (Status: string, codes: number[], firstSecond = 1) => {
      const Log = codes.map((ExitCode, place) => {
        const [Start, End] = [at(firstSecond + place), at(firstSecond + place)];
        return { ExitCode, Output: `printed ${ExitCode}`, Start, End };
      });
      return containerState(inspected({ Health: { Status, FailingStreak: 0, Log } })).health;
    };
    const ranAt = new Date(at(3));
    expect(health("healthy", [1, 0, 0])).toEqual({ status: "healthy", successes: 2, ranAt, output: null });
    expect(health("unhealthy", [0, 0, 7])).toEqual({ status: "unhealthy", successes: 0, ranAt, output: "printed 7" });
    expect(health("starting", [])).toEqual({ status: "starting", successes: 0, ranAt: null, output: null });
    // Those of before its restart, in the first half second.
    expect(health("healthy", [0, 0, 0], -1)).toMatchObject({ status: "healthy", successes: 1 });
    expect(health("none", [])).toBeNull();
  });

  test("a published port is the endpoint where there is one", () => {
    const ports = { "3000/tcp": [{ HostIp: "127.0.0.1", HostPort: "49155" }] };
    expect(containerState(inspected({}, ports)).endpoint).toEqual({ host: "127.0.0.1", port: 49155 });
  });

  test.each(["exited", "restarting", "dead"])("%s: exit code, no endpoint", (Status) => {
    const state = containerState(
      inspected({ Status, ExitCode: 137, OOMKilled: true, FinishedAt: "2026-01-01T00:00:01Z" }),
    );
    expect(state).toMatchObject({ status: Status, exitCode: 137, outOfMemory: true, endpoint: null });
    expect(state.finishedAt).toEqual(new Date("2026-01-01T00:00:01Z"));
  });

  test("one on its way out counts as dead, one that never ran has no dates", () => {
    expect(containerState(inspected({ Status: "removing" })).status).toBe("dead");
    expect(containerState(inspected({ Status: "created", StartedAt: never }))).toMatchObject({
      startedAt: null,
      exitCode: null,
    });
  });
});
