/** What the tests of the state machine share: a clock that begins at `begin`, sights of each status, and cases as rows. */

import { expect, it } from "vitest";
import { decide } from "@/domain/deployment/decide";
import type { FrozenDeployment, Observed, ProbedReplica, ReplicaState, Sight } from "@/domain/deployment/decision";
import { mayFollow } from "@/domain/deployment/status";
import { healthByPath } from "@/domain/health/health-settings";

export const begin = new Date("2026-01-01T12:00:00Z");
export const at = (ms: number) => new Date(begin.getTime() + ms);

export const frozen: FrozenDeployment = {
  source: "git",
  keptImage: false,
  health: healthByPath("/health"),
  memoryMib: 512,
  limits: {
    fetchMs: 10_000,
    buildMs: 20_000,
    releaseMs: 30_000,
    healthMs: 40_000,
    routeMs: 5_000,
    engineMs: 15_000,
  },
};

export const runningState: ReplicaState = {
  containerId: "container-0",
  status: "running",
  exitCode: null,
  outOfMemory: false,
  restartCount: 0,
  supervised: false,
  startedAt: at(5),
  finishedAt: null,
  health: null,
  endpoint: { host: "10.0.0.2", port: 3000 },
};
export const endedState = (changes: Partial<ReplicaState> = {}): ReplicaState => ({
  ...runningState,
  status: "exited",
  exitCode: 1,
  finishedAt: at(10),
  endpoint: null,
  ...changes,
});
export const replica = (state: ReplicaState | null, changes: Partial<ProbedReplica> = {}): ProbedReplica => ({
  name: "web-0",
  state,
  lastLines: [],
  probe: state?.endpoint ? { ok: true } : null,
  successes: state?.endpoint ? 1 : 0,
  asked: 12,
  listeners: null,
  ...changes,
});

export const sights: { [S in Sight["status"]]: Extract<Sight, { status: S }> } = {
  queued: { status: "queued", hasBuildSlot: true },
  fetching: { status: "fetching", hasBuildSlot: true, resolved: false, planned: false },
  building: { status: "building", hasBuildSlot: true, built: false, skippedBecause: null },
  releasing: { status: "releasing", imagePresent: true, replicas: [replica(null)] },
  verifying: { status: "verifying", port: 3000, replicas: [replica(runningState)] },
  routing: { status: "routing", replicas: [replica(runningState)], confirmed: false },
};

export function observe<S extends Sight["status"]>(
  status: S,
  sight: Partial<Extract<Sight, { status: S }>> = {},
  common: Partial<Observed> = {},
): Observed {
  return {
    cancelRequested: false,
    newerId: null,
    verdict: null,
    failure: null,
    since: begin,
    startedSince: begin,
    sight: { ...sights[status], ...sight },
    ...common,
  };
}

export type Case = {
  name: string;
  status: Sight["status"];
  sight?: Partial<Sight>;
  common?: Partial<Observed>;
  frozen?: Partial<FrozenDeployment>;
  atMs?: number;
  expected: unknown;
};

export const advance = (to: string, rest: object = {}) => ({
  type: "advance",
  to,
  outcome: "done",
  note: null,
  skipped: [],
  ...rest,
});
export const doing = (step: string, limitMs: number) => ({ type: "do", step, limitMs });
export const failing = (code: string, rest: object = {}) => ({
  type: "fail",
  error: expect.objectContaining({ code, ...rest }),
});
export const wait = (ms: number) => ({ type: "wait", ms, why: expect.any(String) });
export const yielding = { type: "yield", why: expect.any(String) };

/** Each row is a test; and whatever is advanced to, the status table must allow. */
export function testCases(cases: Case[]): void {
  it.each(cases)("$status: $name", ({ status, sight, common, frozen: changes, atMs = 0, expected }) => {
    const decision = decide({ ...frozen, ...changes }, status, observe(status, sight, common), at(atMs));
    expect(decision).toEqual(expected);
    if (decision.type === "advance") expect(mayFollow(status, decision.to)).toBe(true);
  });
}
