/** What lists and pages show of a deployment: one query's columns, and the view made of a row. */
import { eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DeploymentSummary, WaitingView } from "@/contracts/deployment";
import { isCancellable } from "@/domain/deployment/status";
import { deployments, services, users } from "@/server/db/schema";

export const rolledBackTo = alias(deployments, "rolled_back_to");
export const supersededBy = alias(deployments, "superseded_by");
export const isRolledBackTo = eq(rolledBackTo.id, deployments.rollbackOfId);
export const isSupersededBy = eq(supersededBy.id, deployments.supersededById);

export const summaryColumns = {
  id: deployments.id,
  serviceId: deployments.serviceId,
  number: deployments.number,
  status: deployments.status,
  trigger: deployments.trigger,
  createdBy: users.name,
  commitSha: deployments.commitSha,
  commitMessage: deployments.commitMessage,
  commitAuthor: deployments.commitAuthor,
  branch: sql<string | null>`${deployments.snapshot} -> 'source' ->> 'branch'`,
  createdAt: deployments.createdAt,
  startedAt: deployments.startedAt,
  finishedAt: deployments.finishedAt,
  liveAt: deployments.liveAt,
  error: deployments.error,
  buildSkipped: deployments.buildSkipped,
  rollbackOfId: deployments.rollbackOfId,
  rollbackOfNumber: rolledBackTo.number,
  supersededById: deployments.supersededById,
  supersededByNumber: supersededBy.number,
  isLive: sql<boolean>`${services.liveDeploymentId} is not distinct from ${deployments.id}`,
  warmUntil: deployments.warmUntil,
  cancelRequestedAt: deployments.cancelRequestedAt,
  imageReference: deployments.imageReference,
};

type Shown = Omit<DeploymentSummary, "rollbackOf" | "supersededBy" | "waiting" | "canCancel" | "canRollback">;
export type SummaryRow = Shown & {
  rollbackOfId: string | null;
  rollbackOfNumber: number | null;
  supersededById: string | null;
  supersededByNumber: number | null;
  cancelRequestedAt: Date | null;
  imageReference: string | null;
};

export function toDeploymentSummary(row: SummaryRow, waiting: WaitingView | null): DeploymentSummary {
  const { rollbackOfId, rollbackOfNumber, supersededById, supersededByNumber, ...rest } = row;
  const { cancelRequestedAt, imageReference, ...shown } = rest;
  return {
    ...shown,
    waiting,
    rollbackOf: toReference(rollbackOfId, rollbackOfNumber),
    supersededBy: toReference(supersededById, supersededByNumber),
    canCancel: isCancellable(row.status) && cancelRequestedAt === null,
    canRollback: row.liveAt !== null && imageReference !== null && !row.isLive,
  };
}

/** The other deployment may be gone: then there is nothing to point at. */
function toReference(id: string | null, number: number | null): { id: string; number: number } | null {
  return id === null || number === null ? null : { id, number };
}
