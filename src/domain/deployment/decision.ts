/** What decide() is told and what it answers. Plain values: the runner observes, decide() judges, the runner acts. */
import type { ErrorRecord } from "@/domain/errors";
import type { EngineHealth } from "@/domain/health/engine-health";
import type { HealthSettings } from "@/domain/health/health-settings";
import type { Endpoint } from "@/domain/plan/types";
import type { PhaseLimits } from "./limits";
import type { DeploymentPhase, DeploymentStatus } from "./status";

/** What does not change while a deployment runs. */
export type FrozenDeployment = {
  source: "git" | "image";
  /** The image was known before it began (rollback, restart): it starts at releasing. */
  keptImage: boolean;
  health: HealthSettings;
  /** What each container may use. */
  memoryMib: number;
  limits: PhaseLimits;
};

export type ReplicaState = {
  containerId: string;
  status: "created" | "running" | "paused" | "restarting" | "exited" | "dead";
  exitCode: number | null;
  outOfMemory: boolean;
  restartCount: number;
  /** The Engine starts it again when it ends by itself. */
  supervised: boolean;
  startedAt: Date | null;
  finishedAt: Date | null;
  endpoint: Endpoint | null;
  /** Null where the Engine runs no HEALTHCHECK. */
  health: EngineHealth | null;
};

/** `state` null: there is no such container. */
export type ReplicaSight = {
  name: string;
  state: ReplicaState | null;
  /** Its last log lines, oldest first; looked up only where it does not run. */
  lastLines: string[];
};

export type Probe =
  | { ok: true }
  | { ok: false; reason: "refused" | "timeout" | "status" | "reset"; status?: number; body?: string }
  /** By the image's HEALTHCHECK; `body`: what it printed. */
  | { ok: false; reason: "healthcheck"; body?: string };

/** "0.0.0.0" and "::" are every address. */
export type Listener = { address: string; port: number };

export type ProbedReplica = ReplicaSight & {
  /** Null where there was nothing to ask. */
  probe: Probe | null;
  /** Its good answers in a row, this one included. */
  successes: number;
  /** How often it was asked, or its HEALTHCHECK ran, since it was watched. */
  asked: number;
  /** Where the application does listen; null where nobody looked. */
  listeners: Listener[] | null;
};

/**
 * A step, or the look at the world before it, that failed. `attempts` counts failures in a row; `since`: when nothing of
 * what it asks had answered last.
 */
export type StepFailure = { error: ErrorRecord; attempts: number; at: Date; since: Date };

/** What is seen of the world, as far as the status asks for it. */
export type Sight =
  | { status: "queued"; hasBuildSlot: boolean }
  | { status: "fetching"; hasBuildSlot: boolean; resolved: boolean; planned: boolean }
  | { status: "building"; hasBuildSlot: boolean; built: boolean; skippedBecause: string | null }
  | { status: "releasing"; imagePresent: boolean; replicas: ReplicaSight[] }
  | { status: "verifying"; port: number; replicas: ProbedReplica[] }
  | { status: "routing"; replicas: ReplicaSight[]; confirmed: boolean };

export type RunningStatus = Sight["status"];

export type Observed = {
  cancelRequested: boolean;
  /** The newest deployment that waits behind this one. */
  newerId: string | null;
  /** A failure that was recorded and is now to be taken back. */
  verdict: ErrorRecord | null;
  failure: StepFailure | null;
  /** When the phase began, or when this worker took it over: time in which nobody worked is not the application's. */
  since: Date;
  /**
   * When the containers of this release were first asked for, this worker took over, or an Engine that had been away
   * answered again, whichever came last: what ended before that is no fault of the application's.
   */
  startedSince: Date;
  /** Null where looking failed; `failure` says why. */
  sight: Sight | null;
};

/**
 * resolve: fetch the commit (or look up the image) and freeze what it is. plan: say how to build. build: make sure the image
 * is there. start: make sure every replica runs. publish: write the route and have the router confirm it.
 */
export type Step = "resolve" | "plan" | "build" | "start" | "publish";

export type SkippedPhase = { phase: DeploymentPhase; note: string };

export type Decision =
  /** `limitMs`: the step is ended after that. */
  | { type: "do"; step: Step; limitMs: number }
  | { type: "wait"; ms: number; why: string }
  /** Hand the service back: a build slot that becomes free brings the deployment again. */
  | { type: "yield"; why: string }
  | { type: "advance"; to: DeploymentStatus; outcome: "done" | "skipped"; note: string | null; skipped: SkippedPhase[] }
  | { type: "fail"; error: ErrorRecord }
  | { type: "end"; status: "cancelled"; supersededById: null }
  | { type: "end"; status: "superseded"; supersededById: string };
