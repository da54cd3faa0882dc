import { describe, expect, it } from "vitest";
import { compareInstances, type InstanceFacts, servicesToConverge } from "./instance-changes";

const facts = (replica: number, changes: Partial<InstanceFacts> = {}): InstanceFacts => ({
  name: `web-${replica}`,
  serviceId: "svc_a",
  releaseId: "dep_a",
  replica,
  containerId: `container-${replica}`,
  status: "running",
  exitCode: null,
  outOfMemory: false,
  restartCount: 0,
  startedAt: new Date(0),
  address: `10.0.0.${replica}:3000`,
  ...changes,
});
const live = [{ serviceId: "svc_a", releaseId: "dep_a", replicas: 2 }];

describe("compareInstances", () => {
  it("tells what is new, what changed and what is gone", () => {
    const kept = [facts(0), facts(1), facts(2)];
    const seen = [facts(0), facts(1, { status: "exited" }), facts(3)];
    expect(compareInstances(kept, seen)).toEqual({ changed: [seen[1], seen[2]], gone: [kept[2]] });
  });

  it.each<[string, Partial<InstanceFacts>]>([
    ["a restart between two looks", { restartCount: 1, startedAt: new Date(5) }],
    ["another address", { address: "10.0.0.9:3000" }],
    ["an exit code", { exitCode: 1 }],
  ])("notices %s", (_name, change) => {
    expect(compareInstances([facts(0)], [facts(0, change)]).changed).toHaveLength(1);
  });
});

describe("servicesToConverge", () => {
  it.each<[string, InstanceFacts[], InstanceFacts[], string[]]>([
    ["nothing happened", [facts(0), facts(1)], [facts(0), facts(1)], []],
    ["one moved", [facts(0), facts(1)], [facts(0), facts(1, { address: "10.0.0.9:3000" })], ["svc_a"]],
    ["one is missing", [facts(0), facts(1)], [facts(0)], ["svc_a"]],
    ["one has been missing for long", [facts(0)], [facts(0)], ["svc_a"]],
    [
      "one stays down",
      [facts(0), facts(1, { status: "exited" })],
      [facts(0), facts(1, { status: "exited" })],
      ["svc_a"],
    ],
    [
      "one is between two starts, as it was",
      [facts(0), facts(1, { status: "restarting" })],
      [facts(0), facts(1, { status: "restarting" })],
      [],
    ],
    [
      "a release that is kept warm lost one",
      [facts(0), facts(1), facts(7, { releaseId: "dep_b" })],
      [facts(0), facts(1)],
      [],
    ],
  ])("%s", (_name, kept, seen, expected) => {
    expect(servicesToConverge(live, seen, compareInstances(kept, seen))).toEqual(expected);
  });
});
