import { expect, it } from "vitest";
import type { ServiceEvent } from "@/domain/service-event";
import { describeEvent } from "./describe-event";

const container = { container: "web-1", replica: 1, releaseId: "dep_a" };

it.each<[ServiceEvent, string]>([
  [{ kind: "exited", details: { ...container, exitCode: 3, signal: null } }, "Replica 2 ended with exit code 3"],
  [{ kind: "exited", details: { ...container, exitCode: 0, signal: null } }, "Replica 2 ended with exit code 0"],
  [
    { kind: "exited", details: { ...container, exitCode: 137, signal: 9 } },
    "Replica 2 was ended from outside with SIGKILL",
  ],
  [
    { kind: "exited", details: { ...container, exitCode: 1, signal: 40 } },
    "Replica 2 was ended from outside with signal 40",
  ],
  [{ kind: "out_of_memory", details: { ...container, memoryMib: 64 } }, "Replica 2 ran out of memory"],
  [{ kind: "restarted", details: { ...container, restartCount: 4 } }, "Replica 2 was started again"],
  [{ kind: "container_removed", details: container }, "The container of replica 2 was removed"],
  [{ kind: "container_replaced", details: container }, "Replica 2 got a new container"],
  [{ kind: "service_stopped", details: { byUserId: "usr_a" } }, "Stopped by Lena"],
  [{ kind: "service_started", details: { byUserId: null } }, "Started by the platform"],
])("%o reads %s", (event, title) => {
  expect(
    describeEvent({ ...event, byName: "byUserId" in event.details && event.details.byUserId ? "Lena" : null }).title,
  ).toBe(title);
});

it("says of a rollback from where to where and why", () => {
  const details = {
    ...{ fromDeploymentId: "dep_b", fromNumber: 8, toDeploymentId: "dep_a", toNumber: 7, deploymentId: "dep_c" },
    ...{ cause: "errors" as const, reason: "12 of 100 requests failed, 0 of 90 before." },
  };
  expect(describeEvent({ kind: "rolled_back", details, byName: null })).toMatchObject({
    title: "The platform went back from #8 to #7",
    detail: details.reason,
    tone: "bad",
  });
});
