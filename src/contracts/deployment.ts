import { z } from "zod";
import type { WaitReason } from "@/domain/deployment/queue-waits";
import type { DeploymentPhase, DeploymentStatus } from "@/domain/deployment/status";
import type { ErrorRecord } from "@/domain/errors";
import type { BuildPlan, ServiceSnapshot } from "@/domain/plan/types";
import { idSchema, pageInput } from "./common";

export const createDeploymentInput = z.object({
  serviceId: idSchema("service"),
  /** A commit of the service's branch; absent: its newest. */
  commitSha: z
    .string()
    .regex(/^[0-9a-f]{40}$/, "Enter the full commit id of 40 digits.")
    .nullish(),
});
export const deploymentInput = z.object({ deploymentId: idSchema("deployment") });
export const listDeploymentsInput = pageInput.extend({ serviceId: idSchema("service") });

export type CreateDeploymentInput = z.infer<typeof createDeploymentInput>;
export type ListDeploymentsInput = z.infer<typeof listDeploymentsInput>;

export type CreatedDeployment = { id: string; number: number };

/** Another deployment, as far as it concerns this one: of the same service, or one that holds a build slot. */
export type DeploymentInTheWay = { id: string; number: number; serviceId: string; serviceName: string };

export type InTheWay = {
  deployments: DeploymentInTheWay[];
  /** Further ones, of other organizations. */
  others: number;
};

/** Why a deployment waits, now. */
export type WaitingView = InTheWay & {
  /**
   * worker: none runs. deployment: another one of its service is under way. slots: all build slots are taken. starting:
   * nothing is in its way.
   */
  reason: WaitReason | "starting";
  /** 1: the next one to get a build slot; null while it does not stand in that queue. */
  place: number | null;
  /** Of all workers together. */
  slots: number;
};

/** A part of the time in the queue; `ms` null: it goes on. */
export type WaitedView = InTheWay & { reason: WaitReason; since: Date; ms: number | null };

export type PhaseView = {
  phase: DeploymentPhase;
  startedAt: Date;
  finishedAt: Date | null;
  outcome: "done" | "skipped" | "failed" | "cancelled" | null;
  note: string | null;
  error: ErrorRecord | null;
  /** Of the queue: what each moment was waited for. */
  waits: WaitedView[];
};

export type DeploymentSummary = {
  id: string;
  serviceId: string;
  number: number;
  status: DeploymentStatus;
  trigger: string;
  createdBy: string | null;
  commitSha: string | null;
  commitMessage: string | null;
  commitAuthor: string | null;
  branch: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  liveAt: Date | null;
  error: ErrorRecord | null;
  buildSkipped: "content" | "rollback" | "prebuilt" | null;
  rollbackOf: { id: string; number: number } | null;
  supersededBy: { id: string; number: number } | null;
  isLive: boolean;
  /** Null unless it is queued. */
  waiting: WaitingView | null;
  /** Going back to it is a flip of the route: its containers still run. */
  warmUntil: Date | null;
  canCancel: boolean;
  /** Its image is kept, so one can go back to it. */
  canRollback: boolean;
};

export type DeploymentView = DeploymentSummary & {
  snapshot: ServiceSnapshot;
  plan: BuildPlan | null;
  imageReference: string | null;
  imageId: string | null;
  imageSizeBytes: number | null;
  cancelRequested: boolean;
  phases: PhaseView[];
  /** Requests of this release that had to be cut when a newer one replaced it; null before that, or where the router cannot tell. */
  cutConnections: number | null;
  /** Why the platform itself made it, in a sentence. */
  reason: string | null;
  /** What the guard had against it after it went live, and the deployment that went back; null: nothing. */
  guarded: { reason: string; wentBackBy: { id: string; number: number } | null } | null;
  /** Without a worker it stands still; here, so that who follows a deployment needs no second stream to know. */
  workerRunning: boolean;
  /** Names of the environment variables it was made with; values stay out. */
  environmentKeys: string[];
};

/** What changed against the deployment that was live before. */
export type DeploymentDifference = {
  comparedWith: { id: string; number: number } | null;
  commits: { sha: string; message: string; authorName: string; authoredAt: string }[];
  files: { path: string; change: "added" | "modified" | "deleted" | "renamed" }[];
  settings: { field: string; before: string; after: string }[];
  variables: { key: string; change: "added" | "removed" | "changed" }[];
};
