/** What a person sees of a service at a glance: derived from what is wanted, what is live and what was last seen of its containers. */
import { type DeploymentStatus, isFinished } from "./deployment/status";

export type ServiceHealth = "running" | "degraded" | "crashing" | "stopped" | "deploying" | "not-deployed" | "deleting";

export type HealthFacts = {
  desiredState: "running" | "stopped" | "deleted";
  /** Status of its newest deployment. */
  latestStatus: DeploymentStatus | null;
  live: { releaseId: string; replicas: number } | null;
  instances: { releaseId: string; status: string; restartCount: number; startedAt: Date | null }[];
};

// A container that just restarted looks as well as one that runs for days; Docker's restart backoff reaches this soon.
const settledAfterMs = 10_000;

export function serviceHealth(facts: HealthFacts, now: Date): ServiceHealth {
  const { desiredState, latestStatus, live } = facts;
  if (desiredState === "deleted") return "deleting";
  if (desiredState === "stopped") return "stopped";
  if (latestStatus !== null && !isFinished(latestStatus)) return "deploying";
  if (live === null) return "not-deployed";
  const running = facts.instances.filter((one) => one.releaseId === live.releaseId && isSettled(one, now)).length;
  if (running >= live.replicas) return "running";
  return running === 0 ? "crashing" : "degraded";
}

function isSettled(instance: HealthFacts["instances"][number], now: Date): boolean {
  if (instance.status !== "running") return false;
  if (instance.restartCount === 0 || instance.startedAt === null) return true;
  return now.getTime() - instance.startedAt.getTime() >= settledAfterMs;
}
