import { describe, expect, it } from "vitest";
import type { TrafficBucket } from "@/domain/traffic/bucket";
import { defaultGuard, type GuardSettings } from "./guard-settings";
import { judgeSwitch, type SwitchEvidence } from "./judge-switch";

const at = (second: number) => new Date(Date.parse("2026-03-01T12:00:00Z") + second * 1000);
const bucket = (second: number, requests: number, failed = 0, toMs = 10): TrafficBucket => ({
  ...{ backend: "dep-a", startsAt: at(second), requests, failed, unanswered: 0, abandoned: 0 },
  latency: [[toMs - 1, toMs, requests]],
});

const fineBefore = [bucket(-20, 100), bucket(-10, 100)];
function judge(evidence: Partial<SwitchEvidence>, change: Partial<GuardSettings> = {}) {
  const seen = { before: fineBefore, after: [], restarts: 0, sinceSeconds: 40, ...evidence };
  return judgeSwitch({ ...defaultGuard, ...change }, seen);
}

describe("errors", () => {
  it("above what is allowed beyond those of before are bad, with the numbers", () => {
    expect(judge({ after: [bucket(0, 100, 60), bucket(10, 100, 60)] })).toEqual({
      type: "bad",
      cause: "errors",
      reason: "120 of 200 requests failed (60 %); before the switch it was 0 of 200 (0 %). Allowed is 10 % more.",
    });
  });

  it("that the release before made as well are fine", () => {
    const before = [bucket(-20, 100, 60), bucket(-10, 100, 60)];
    expect(judge({ before, after: [bucket(0, 100, 65), bucket(10, 100, 60)] })).toEqual({
      type: "fine",
      compared: true,
    });
  });

  it("are not judged by too few requests, before or after", () => {
    expect(judge({ after: [bucket(0, 20, 20), bucket(10, 20, 20)] })).toEqual({ type: "fine", compared: false });
    expect(judge({ before: [bucket(-10, 20)], after: [bucket(0, 500, 500), bucket(10, 500, 500)] })).toEqual({
      type: "fine",
      compared: false,
    });
  });

  it("are not judged by a moment, or by a handful", () => {
    expect(judge({ after: [bucket(0, 1000, 1000)] }).type).toBe("fine");
    expect(judge({ after: [bucket(0, 5, 2), bucket(10, 5, 2)] }, { minRequests: 10 }).type).toBe("fine");
  });

  it("that begin late are not hidden by what went well before", () => {
    const well = Array.from({ length: 20 }, (_, index) => bucket(index * 10, 1000));
    expect(judge({ after: well }).type).toBe("fine");
    const late = [...well, bucket(200, 30, 30), bucket(210, 30, 30)];
    expect(judge({ after: late })).toMatchObject({ type: "bad", cause: "errors" });
  });

  it("are not judged where nobody wants that", () => {
    const after = [bucket(0, 100, 100), bucket(10, 100, 100)];
    expect(judge({ after }, { maxErrorRateIncrease: null }).type).toBe("fine");
  });
});

describe("latency", () => {
  const slow = [bucket(0, 100, 0, 100), bucket(10, 100, 0, 100)];

  it("is judged where somebody set a factor, by the 95th percentile", () => {
    expect(judge({ after: slow }).type).toBe("fine");
    const judged = judge({ after: slow }, { maxP95Factor: 3 });
    expect(judged).toMatchObject({ type: "bad", cause: "latency" });
    expect(judged).toHaveProperty(
      "reason",
      expect.stringMatching(/within 99\.5 ms; before the switch it was 9\.49 ms/),
    );
    expect(judge({ after: slow }, { maxP95Factor: 10 }).type).toBe("fine");
  });
});

describe("restarts", () => {
  it("are a crash loop from the number on that is set, whatever was asked", () => {
    expect(judge({ before: [], restarts: 2 }).type).toBe("fine");
    expect(judge({ before: [], restarts: 3 })).toEqual({
      type: "bad",
      cause: "crash_loop",
      reason: "A replica was restarted 3 times within 40 s after it went live.",
    });
    expect(judge({ restarts: 30 }, { maxRestarts: null }).type).toBe("fine");
  });
});
