/** What a person sees of a service at a glance: derived from what is wanted, what is live and what was last seen of its containers. */
import { type DeploymentStatus, isFinished } from "./deployment/status";

export type ServiceHealth =
  | "running"
  /** Some of its replicas do not run. */
  | "degraded"
  /** None runs for long enough to be believed: it ended once and was started again. */
  | "restarting"
  /** The same, again and again. */
  | "crashing"
  /** None is left that runs or is started again by the Engine. */
  | "down"
  /** Somebody wants it stopped, and a container still runs. */
  | "stopping"
  | "stopped"
  | "deploying"
  | "not-deployed"
  | "deleting";

/** It should run and does not, as far as it should. Time alone can end this: who shows it looks again. */
const failing: readonly ServiceHealth[] = ["degraded", "restarting", "crashing", "down"];

export function isFailing(health: ServiceHealth): boolean {
  return failing.includes(health);
}

export type HealthFacts = {
  desiredState: "running" | "stopped" | "deleted";
  /** Status of its newest deployment. */
  latestStatus: DeploymentStatus | null;
  live: { releaseId: string; replicas: number } | null;
  instances: { releaseId: string; status: string; restartCount: number; startedAt: Date | null }[];
};

/** The same, counted: services of which these are equal fare equally. */
export type HealthCounts = {
  desiredState: HealthFacts["desiredState"];
  /** Its newest deployment is not over. */
  isDeploying: boolean;
  /** Of the live release; null where there is none. */
  replicas: number | null;
  /** Containers of the live release that are settled. */
  settled: number;
  /** Of the others of the live release: most restarts of one. */
  restarts: number;
};

/**
 * A container that just restarted looks as well as one that runs for days. Each restart makes it less credible, so that
 * what comes up again and again, and ends again after half a minute, is not said to run in between.
 */
const settledAfterMs = { eachRestart: 15_000, atMost: 120_000 };

export function serviceHealth(facts: HealthFacts, now: Date): ServiceHealth {
  const { desiredState, latestStatus, live } = facts;
  const ofLive = facts.instances.filter(({ releaseId }) => releaseId === live?.releaseId);
  const unsettled = ofLive.filter((one) => !isSettled(one, now));
  if (desiredState === "stopped" && facts.instances.some(({ status }) => status === "running")) return "stopping";
  return countedHealth({
    desiredState,
    isDeploying: latestStatus !== null && !isFinished(latestStatus),
    replicas: live?.replicas ?? null,
    settled: ofLive.length - unsettled.length,
    restarts: Math.max(0, ...unsettled.map(({ restartCount }) => restartCount)),
  });
}

export function countedHealth({ desiredState, isDeploying, replicas, settled, restarts }: HealthCounts): ServiceHealth {
  if (desiredState === "deleted") return "deleting";
  if (desiredState === "stopped") return "stopped";
  if (isDeploying) return "deploying";
  if (replicas === null) return "not-deployed";
  if (settled >= replicas) return "running";
  if (settled > 0) return "degraded";
  if (restarts === 0) return "down";
  return restarts === 1 ? "restarting" : "crashing";
}

/** Whether it runs, and has done so for long enough since its last restart to be believed. */
export function isSettled(
  { status, restartCount, startedAt }: Omit<HealthFacts["instances"][number], "releaseId">,
  now: Date,
): boolean {
  if (status !== "running") return false;
  if (restartCount === 0 || startedAt === null) return true;
  const neededMs = Math.min(restartCount * settledAfterMs.eachRestart, settledAfterMs.atMost);
  return now.getTime() - startedAt.getTime() >= neededMs;
}
