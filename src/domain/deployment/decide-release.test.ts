import { describe, expect } from "vitest";
import { defaultHealth, healthByPath } from "@/domain/health/health-settings";
import {
  advance,
  at,
  type Case,
  doing,
  endedState,
  failing,
  frozen,
  replica,
  runningState,
  testCases,
  wait,
} from "@/testing/decide-cases";

const healthFailure = { ok: false, reason: "status", status: 503, body: "starting" } as const;

describe("decide, from an image to traffic", () => {
  testCases([
    { name: "starts what is missing", status: "releasing", expected: doing("start", 30_000) },
    {
      name: "starts what was created and not started",
      status: "releasing",
      sight: { replicas: [replica(runningState), replica({ ...endedState(), status: "created", finishedAt: null })] },
      expected: doing("start", 30_000),
    },
    {
      name: "all run",
      status: "releasing",
      sight: { replicas: [replica(runningState)] },
      expected: advance("verifying"),
    },
    {
      name: "starts again what ended before this deployment",
      status: "releasing",
      sight: { replicas: [replica(endedState({ finishedAt: at(-1) }))] },
      expected: doing("start", 30_000),
    },
    {
      name: "does not start again what ended since",
      status: "releasing",
      sight: { replicas: [replica(endedState())] },
      expected: advance("verifying"),
    },
    { name: "the image is gone", status: "releasing", sight: { imagePresent: false }, expected: failing("image_gone") },
    {
      name: "containers that cannot be started in time",
      status: "releasing",
      atMs: 30_000,
      expected: failing("release_timeout", {
        message: "The containers were not started within 30 seconds (RELEASE_TIMEOUT_SECONDS).",
        details: { containers: ["web-0"] },
      }),
    },

    { name: "healthy", status: "verifying", expected: advance("routing") },
    { name: "healthy at the last moment", status: "verifying", atMs: 50_000, expected: advance("routing") },
    ...[
      [0, 20],
      [100, 20],
      [1_000, 200],
      [10_000, 500],
      [39_900, 100],
    ].map(
      ([atMs = 0, ms = 0]): Case => ({
        name: `asks again ${ms} ms after ${atMs} ms`,
        status: "verifying",
        sight: { replicas: [replica(runningState), replica(runningState, { probe: healthFailure })] },
        atMs,
        expected: wait(ms),
      }),
    ),
    {
      name: "a wrong status in the end",
      status: "verifying",
      sight: { replicas: [replica(runningState, { probe: healthFailure })] },
      atMs: 40_000,
      expected: failing("health_check_failed", {
        message: expect.stringContaining("/health answered with status 503"),
        details: { container: "web-0", asked: 12, path: "/health", status: 503, body: "starting" },
      }),
    },
    {
      name: "no answer in the end",
      status: "verifying",
      sight: { replicas: [replica(runningState, { probe: { ok: false, reason: "timeout" } })] },
      atMs: 40_000,
      expected: failing("health_check_failed", {
        message: expect.stringContaining("did not answer within 5 s, asked 12 times"),
      }),
    },
    {
      name: "a closed connection in the end",
      status: "verifying",
      sight: { replicas: [replica(runningState, { probe: { ok: false, reason: "reset" } })] },
      atMs: 40_000,
      expected: failing("health_check_failed", { message: expect.stringContaining("closed the connection") }),
    },
    {
      name: "nothing listens in the end, and what does",
      status: "verifying",
      sight: {
        replicas: [
          replica(runningState, {
            probe: { ok: false, reason: "refused" },
            listeners: [8080, 9000].map((port) => ({ address: "0.0.0.0", port })),
          }),
        ],
      },
      atMs: 40_000,
      expected: failing("port_not_open", {
        message:
          "Nothing answered on port 3000, asked 12 times within 40 seconds (HEALTH_TIMEOUT_SECONDS). The application listens on 8080, 9000.",
        details: { container: "web-0", asked: 12, port: 3000, openPorts: [8080, 9000], loopbackPorts: [] },
      }),
    },
    {
      name: "without a health path only the port counts",
      status: "verifying",
      frozen: { health: defaultHealth },
      sight: { replicas: [replica(runningState, { probe: { ok: false, reason: "timeout" } })] },
      atMs: 40_000,
      expected: failing("port_not_open"),
    },
    {
      name: "statuses that are wanted are named",
      status: "verifying",
      frozen: {
        health: { ...healthByPath("/up"), check: { type: "http", path: "/up", statusFrom: 204, statusTo: 204 } },
      },
      sight: { replicas: [replica(runningState, { probe: { ok: false, reason: "status", status: 200, body: "" } })] },
      atMs: 40_000,
      expected: failing("health_check_failed", {
        message:
          "/up answered with status 200, asked 12 times within 40 seconds (HEALTH_TIMEOUT_SECONDS). Wanted is 204.",
      }),
    },
    {
      name: "as many good answers in a row as are wanted",
      status: "verifying",
      frozen: { health: { ...defaultHealth, threshold: 3 } },
      sight: { replicas: [replica(runningState, { successes: 3 }), replica(runningState, { successes: 4 })] },
      expected: advance("routing"),
    },
    {
      name: "too few good answers: asked again, and the containers looked at meanwhile",
      status: "verifying",
      frozen: { health: { ...defaultHealth, threshold: 3 } },
      sight: { replicas: [replica(runningState, { successes: 3 }), replica(runningState, { successes: 2 })] },
      expected: wait(500),
    },
    {
      name: "too few good answers in the end",
      status: "verifying",
      frozen: { health: { ...defaultHealth, threshold: 3 } },
      sight: { replicas: [replica(runningState, { successes: 2 })] },
      atMs: 40_000,
      expected: failing("health_check_failed", {
        message: expect.stringContaining("answered well 2 of 3 times in a row within 40 seconds"),
      }),
    },
    {
      name: "the start period is over: its own words",
      status: "verifying",
      frozen: {
        health: { ...defaultHealth, startPeriodMs: 10_000, timeoutMs: 2_000 },
        limits: { ...frozen.limits, healthMs: 12_000 },
      },
      sight: { replicas: [replica(runningState, { probe: { ok: false, reason: "refused" } })] },
      atMs: 12_000,
      expected: failing("port_not_open", {
        message: expect.stringContaining("within 12 seconds (start period in the settings)"),
      }),
    },
    {
      name: "the image's HEALTHCHECK passes",
      status: "verifying",
      frozen: { health: { ...defaultHealth, check: { type: "image" } } },
      sight: {
        replicas: [
          replica({ ...runningState, health: { status: "healthy", successes: 1, ranAt: at(10), output: null } }),
        ],
      },
      expected: advance("routing"),
    },
    {
      name: "the image's HEALTHCHECK does not pass in the end, and what it printed",
      status: "verifying",
      frozen: { health: { ...defaultHealth, check: { type: "image" } } },
      sight: {
        replicas: [
          replica(
            { ...runningState, health: { status: "unhealthy", successes: 0, ranAt: at(10), output: "no database" } },
            { probe: { ok: false, reason: "healthcheck", body: "no database" }, successes: 0 },
          ),
        ],
      },
      atMs: 40_000,
      expected: failing("health_check_failed", {
        message: expect.stringContaining(
          'HEALTHCHECK did not pass ("no database"), run 12 times within 40 seconds (HEALTH_TIMEOUT_SECONDS).',
        ),
      }),
    },
    {
      name: "an image without a HEALTHCHECK is not waited for",
      status: "verifying",
      frozen: { health: { ...defaultHealth, check: { type: "image" } } },
      sight: { replicas: [replica(runningState)] },
      expected: failing("health_check_failed", { message: "The image has no HEALTHCHECK." }),
    },
    {
      name: "exited",
      status: "verifying",
      sight: { replicas: [replica(runningState), replica(endedState(), { lastLines: ["boom"] })] },
      expected: failing("container_exited", {
        message: "The application stopped right after its start with exit code 1.",
        details: { container: "web-0", exitCode: 1, lastLines: ["boom"] },
      }),
    },
    {
      name: "killed for its memory",
      status: "verifying",
      sight: { replicas: [replica(endedState({ outOfMemory: true, exitCode: 137 }))] },
      expected: failing("container_out_of_memory", { details: expect.objectContaining({ exitCode: 137 }) }),
    },
    {
      name: "a command that is not there",
      status: "verifying",
      sight: { replicas: [replica(endedState({ exitCode: 127 }))] },
      expected: failing("invalid_start_command", { details: expect.objectContaining({ exitCode: 127 }) }),
    },
    {
      name: "ended before this worker took over, or with the Engine: it is started once more",
      status: "verifying",
      sight: { replicas: [replica(runningState), replica(endedState({ finishedAt: at(-1) }))] },
      atMs: 1_000,
      expected: doing("start", 39_000),
    },
    {
      name: "between two starts",
      status: "verifying",
      sight: { replicas: [replica(endedState({ status: "restarting" }))] },
      expected: failing("container_exited"),
    },
    {
      name: "brought back by the Engine since",
      status: "verifying",
      sight: { replicas: [replica({ ...runningState, restartCount: 1 })] },
      expected: failing("container_exited"),
    },
    {
      name: "a restart long ago does not count",
      status: "verifying",
      sight: { replicas: [replica({ ...runningState, restartCount: 3, startedAt: at(-60_000) })] },
      expected: advance("routing"),
    },
    {
      name: "a container that somebody removed is started again",
      status: "verifying",
      sight: { replicas: [replica(null)] },
      atMs: 1_000,
      expected: doing("start", 39_000),
    },
    {
      name: "one that stays away fails",
      status: "verifying",
      sight: { replicas: [replica(null)] },
      atMs: 40_000,
      expected: failing("port_not_open"),
    },

    { name: "publishes", status: "routing", expected: doing("publish", 30_000) },
    { name: "confirmed", status: "routing", sight: { confirmed: true }, atMs: 99_999, expected: advance("live") },
    {
      name: "a replica that ended is not routed to",
      status: "routing",
      sight: { replicas: [replica(endedState())] },
      expected: failing("container_exited"),
    },
    {
      name: "nor one that was removed",
      status: "routing",
      sight: { replicas: [replica(null)] },
      expected: failing("container_exited", { message: expect.stringContaining("removed") }),
    },
    {
      name: "a confirmed route outlives its replica: only forward",
      status: "routing",
      sight: { confirmed: true, replicas: [replica(endedState())] },
      expected: advance("live"),
    },
    { name: "a router that never answers", status: "routing", atMs: 30_000, expected: failing("route_not_applied") },
  ]);
});
