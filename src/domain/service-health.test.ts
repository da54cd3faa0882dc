import { describe, expect, it } from "vitest";
import { type HealthFacts, serviceHealth } from "./service-health";

const now = new Date("2026-01-01T00:01:00Z");
const replica = (values: Partial<HealthFacts["instances"][number]> = {}) => ({
  releaseId: "dep_live",
  status: "running",
  restartCount: 0,
  startedAt: new Date("2026-01-01T00:00:59Z"),
  ...values,
});
const running: HealthFacts = {
  desiredState: "running",
  latestStatus: "live",
  live: { releaseId: "dep_live", replicas: 2 },
  instances: [replica(), replica()],
};

describe("serviceHealth", () => {
  it.each<[string, Partial<HealthFacts>, string]>([
    ["every replica runs", {}, "running"],
    ["one of two runs", { instances: [replica(), replica({ status: "exited" })] }, "degraded"],
    ["none runs", { instances: [replica({ status: "exited" }), replica({ status: "exited" })] }, "down"],
    ["it ended once", { instances: [replica({ status: "restarting", restartCount: 1 })] }, "restarting"],
    ["it ended twice", { instances: [replica({ status: "restarting", restartCount: 2 })] }, "crashing"],
    ["one of two ends again and again", { instances: [replica(), replica({ restartCount: 9 })] }, "degraded"],
    ["nothing is left of it", { instances: [] }, "down"],
    ["containers of another release do not count", { instances: [replica({ releaseId: "dep_old" })] }, "down"],
    ["a failed deployment leaves the old one serving", { latestStatus: "failed" }, "running"],
    ["the newest is under way", { latestStatus: "building" }, "deploying"],
    ["the first failed", { latestStatus: "failed", live: null }, "not-deployed"],
    ["never deployed", { latestStatus: null, live: null, instances: [] }, "not-deployed"],
    ["to be stopped, and one still runs", { desiredState: "stopped" }, "stopping"],
    [
      "stopped, and its containers ended",
      { desiredState: "stopped", instances: [replica({ status: "exited" })] },
      "stopped",
    ],
    ["stopped", { desiredState: "stopped", instances: [] }, "stopped"],
    ["deleted while deploying", { desiredState: "deleted", latestStatus: "building" }, "deleting"],
  ])("%s", (_name, change, expected) => {
    expect(serviceHealth({ ...running, ...change }, now)).toBe(expected);
  });

  it.each([
    ["restarted once, a moment ago", 1, 14, "restarting"],
    ["restarted once, and up since", 1, 15, "running"],
    ["one that comes up for half a minute again and again", 3, 44, "crashing"],
    ["one that was restarted often, but is up for two minutes", 40, 120, "running"],
  ])("believes a replica by its restarts: %s", (_name, restartCount, upSeconds, expected) => {
    const one = replica({ restartCount, startedAt: new Date(now.getTime() - upSeconds * 1000) });
    expect(serviceHealth({ ...running, instances: [one, one] }, now)).toBe(expected);
  });
});
