import { describe, expect, it } from "vitest";
import { chooseNext, type WaitingDeployment } from "./choose-next";

const one = (number: number, changes: Partial<WaitingDeployment> = {}): WaitingDeployment => ({
  id: `dep_${number}`,
  number,
  status: "queued",
  cancelRequested: false,
  ...changes,
});

describe("chooseNext", () => {
  it.each<[string, WaitingDeployment[], ReturnType<typeof chooseNext>]>([
    ["nothing waits", [], null],
    ["only finished ones", [one(1, { status: "live" }), one(2, { status: "failed" })], null],
    ["a single one", [one(4)], { id: "dep_4", newerId: null }],
    ["the oldest gives way to the newest", [one(6), one(4), one(5)], { id: "dep_4", newerId: "dep_6" }],
    ["the one that has begun comes first", [one(1, { status: "building" }), one(2)], { id: "dep_1", newerId: "dep_2" }],
    ["even where it is younger", [one(1), one(2, { status: "verifying" })], { id: "dep_2", newerId: null }],
    [
      "nobody gives way to one that is no longer wanted",
      [one(1), one(2, { cancelRequested: true })],
      { id: "dep_1", newerId: null },
    ],
    ["but to the next best", [one(1), one(2), one(3, { cancelRequested: true })], { id: "dep_1", newerId: "dep_2" }],
  ])("%s", (_name, deployments, expected) => {
    expect(chooseNext(deployments)).toEqual(expected);
  });
});
