import { expect, it } from "vitest";
import { queueWaits } from "./queue-waits";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second));
const mark = (second: number, reason: "deployment" | "slots", ...deploymentIds: string[]) => ({
  at: at(second).toISOString(),
  reason,
  deploymentIds,
});

const wait = (second: number, ms: number | null, reason: string, ...deploymentIds: string[]) => ({
  reason,
  since: at(second),
  ms,
  deploymentIds,
});

it("accounts for every second in the queue", () => {
  const marks = [mark(2, "deployment", "dep_1"), mark(12, "slots", "dep_7", "dep_8")];
  expect(queueWaits(at(0), at(30), marks)).toEqual([
    wait(0, 2_000, "worker"),
    wait(2, 10_000, "deployment", "dep_1"),
    wait(12, 18_000, "slots", "dep_7", "dep_8"),
  ]);
});

it("does not end the wait of one that still waits", () => {
  expect(queueWaits(at(0), null, [mark(2, "slots")])).toEqual([wait(0, 2_000, "worker"), wait(2, null, "slots")]);
});

it("is nothing but the way to a worker where nothing was in the way", () => {
  expect(queueWaits(at(0), at(1), [])).toEqual([wait(0, 1_000, "worker")]);
  expect(queueWaits(at(0), at(0), [])).toEqual([]);
});
