import { expect, it } from "vitest";
import { defaultHealth } from "@/domain/health/health-settings";
import { completeRuntime } from "./stored-settings";

it("settings that an earlier version stored are read as if they had been set now", () => {
  const kept = { port: null, memoryMib: 256, cpuMillis: 500, replicas: 2 };
  const http = { type: "http", path: "/health", statusFrom: 200, statusTo: 399 } as const;
  expect(completeRuntime({ ...kept, healthPath: "/health" })).toEqual({
    ...kept,
    readOnlyRoot: false,
    health: { ...defaultHealth, check: http },
  });
  expect(completeRuntime({ ...kept, healthPath: null }).health).toEqual(defaultHealth);
  const complete = { ...kept, readOnlyRoot: true, health: { ...defaultHealth, threshold: 3 } };
  expect(completeRuntime(complete)).toEqual(complete);
});
