import { expect, it } from "vitest";
import { queueWaits } from "./queue-waits";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second));
const mark = (second: number, reason: "deployment" | "slots", ...deploymentIds: string[]) => ({
  at: at(second).toISOString(),
  reason,
  deploymentIds,
});

it("accounts for every second in the queue", () => {
  const marks = [mark(2, "deployment", "dep_1"), mark(12, "slots", "dep_7", "dep_8")];
  expect(queueWaits(at(0), at(30), marks)).toEqual([
    { reason: "worker", ms: 2_000, deploymentIds: [] },
    { reason: "deployment", ms: 10_000, deploymentIds: ["dep_1"] },
    { reason: "slots", ms: 18_000, deploymentIds: ["dep_7", "dep_8"] },
  ]);
});

it("is nothing but the way to a worker where nothing was in the way", () => {
  expect(queueWaits(at(0), at(1), [])).toEqual([{ reason: "worker", ms: 1_000, deploymentIds: [] }]);
  expect(queueWaits(at(0), at(0), [])).toEqual([]);
});
