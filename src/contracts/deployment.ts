import { z } from "zod";
import type { DeploymentPhase, DeploymentStatus } from "@/domain/deployment/status";
import type { ErrorRecord } from "@/domain/errors";
import type { StoredLogLine } from "@/domain/log-line";
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

/** Log reading: `offset` counts lines from 0. Without it: the last `limit` lines. */
export const readLogInput = z.object({
  deploymentId: idSchema("deployment"),
  kind: z.enum(["build", "runtime"]),
  offset: z.number().int().min(0).nullish(),
  limit: z.number().int().min(1).max(5000).default(1000),
});
/** `lastEventId` is what a reconnecting EventSource sends: the offset after the last line it has. */
export const followLogInput = z.object({
  deploymentId: idSchema("deployment"),
  kind: z.enum(["build", "runtime"]),
  lastEventId: z
    .string()
    .regex(/^\d{1,15}$/, "This is not an offset.")
    .nullish(),
});

export type CreateDeploymentInput = z.infer<typeof createDeploymentInput>;
export type ListDeploymentsInput = z.infer<typeof listDeploymentsInput>;
export type ReadLogInput = z.infer<typeof readLogInput>;
export type FollowLogInput = z.infer<typeof followLogInput>;

export type CreatedDeployment = { id: string; number: number };

export type PhaseView = {
  phase: DeploymentPhase;
  startedAt: Date;
  finishedAt: Date | null;
  outcome: "done" | "skipped" | "failed" | "cancelled" | null;
  note: string | null;
  error: ErrorRecord | null;
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

export type LogPage = {
  firstOffset: number;
  nextOffset: number;
  lines: StoredLogLine[];
  /** The source will get no more lines. */
  complete: boolean;
};

/** What log.follow sends: consecutive lines; the last batch of a source that ended says so. */
export type LogBatch = { firstOffset: number; lines: StoredLogLine[]; complete: boolean };
