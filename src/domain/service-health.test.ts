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
    ["none runs", { instances: [replica({ status: "exited" }), replica({ status: "restarting" })] }, "crashing"],
    ["nothing is left of it", { instances: [] }, "crashing"],
    ["containers of another release do not count", { instances: [replica({ releaseId: "dep_old" })] }, "crashing"],
    ["a failed deployment leaves the old one serving", { latestStatus: "failed" }, "running"],
    ["the newest is under way", { latestStatus: "building" }, "deploying"],
    ["the first failed", { latestStatus: "failed", live: null }, "not-deployed"],
    ["never deployed", { latestStatus: null, live: null, instances: [] }, "not-deployed"],
    ["stopped", { desiredState: "stopped", instances: [] }, "stopped"],
    ["deleted while deploying", { desiredState: "deleted", latestStatus: "building" }, "deleting"],
  ])("%s", (_name, change, expected) => {
    expect(serviceHealth({ ...running, ...change }, now)).toBe(expected);
  });

  it("does not trust a replica that restarted a moment ago", () => {
    const justNow = replica({ restartCount: 3, startedAt: new Date("2026-01-01T00:00:55Z") });
    const settled = replica({ restartCount: 3, startedAt: new Date("2026-01-01T00:00:50Z") });
    expect(serviceHealth({ ...running, instances: [justNow, justNow] }, now)).toBe("crashing");
    expect(serviceHealth({ ...running, instances: [settled, settled] }, now)).toBe("running");
  });
});
