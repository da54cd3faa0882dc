import { expect, test } from "vitest";
import type { ContainerSpec } from "@/domain/plan/types";
import { containerBody } from "./container-body";

const spec: ContainerSpec = {
  name: "helvetia-dep-a-0",
  image: "helvetia/svc-a:key",
  env: { PORT: "8000", A: "1=2" },
  labels: { "cloud.helvetia.service": "svc_a" },
  network: "helvetia-env-a",
  networkAliases: ["web"],
  command: ["node", "server.js"],
  port: 8000,
  memoryMib: 256,
  cpuMillis: 1500,
  pidsLimit: 100,
  readOnlyRoot: false,
  healthcheck: null,
  stopGraceSeconds: 15,
};

test("the exact object of a container on the bridge", () => {
  expect(containerBody(spec, "bridge")).toEqual({
    name: "helvetia-dep-a-0",
    Image: "helvetia/svc-a:key",
    Cmd: ["node", "server.js"],
    Env: ["A=1=2", "PORT=8000"],
    Labels: { "cloud.helvetia.service": "svc_a", "cloud.helvetia.port": "8000" },
    ExposedPorts: { "8000/tcp": {} },
    StopTimeout: 15,
    Healthcheck: { Test: ["NONE"] },
    HostConfig: {
      NetworkMode: "helvetia-env-a",
      RestartPolicy: { Name: "no" },
      Init: true,
      SecurityOpt: ["no-new-privileges:true"],
      CapDrop: ["ALL"],
      CapAdd: ["CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID"],
      PidsLimit: 100,
      OomScoreAdj: 300,
      Memory: 268_435_456,
      MemorySwap: 268_435_456,
      NanoCpus: 1_500_000_000,
      LogConfig: { Type: "json-file", Config: { "max-size": "32m", "max-file": "2" } },
    },
    NetworkingConfig: { EndpointsConfig: { "helvetia-env-a": { Aliases: ["web"] } } },
  });
});

test("on loopback the port is published on 127.0.0.1 alone, at a port the Engine chooses", () => {
  const { HostConfig: host } = containerBody(spec, "loopback");
  expect(host?.PortBindings).toEqual({ "8000/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }] });
});

test("without a command the image's own is left alone", () => {
  expect(containerBody({ ...spec, command: null }, "bridge")).not.toHaveProperty("Cmd");
});

test("where its files are read-only two directories are memory, a quarter of what it has", () => {
  expect(containerBody({ ...spec, readOnlyRoot: true }, "bridge").HostConfig).toMatchObject({
    ReadonlyRootfs: true,
    Tmpfs: {
      "/tmp": "rw,exec,nosuid,nodev,size=64m,mode=1777",
      "/run": "rw,exec,nosuid,nodev,size=64m,mode=755",
    },
  });
});

test("the image's HEALTHCHECK is run at the times that were set, and otherwise not at all", () => {
  const healthcheck = { intervalMs: 10_000, timeoutMs: 500, startPeriodMs: 60_000, failuresUntilUnhealthy: 3 };
  expect(containerBody({ ...spec, healthcheck }, "bridge").Healthcheck).toEqual({
    Interval: 10_000_000_000,
    Timeout: 500_000_000,
    StartPeriod: 60_000_000_000,
    Retries: 3,
  });
});
