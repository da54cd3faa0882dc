import { expect, it } from "vitest";
import { completeRuntime } from "./stored-settings";

it("settings that an earlier version stored are read as if they had been set now", () => {
  const stored = { port: null, healthPath: "/health", memoryMib: 256, cpuMillis: 500, replicas: 2 };
  expect(completeRuntime(stored)).toEqual({ ...stored, readOnlyRoot: false });
  expect(completeRuntime({ ...stored, readOnlyRoot: true }).readOnlyRoot).toBe(true);
});
