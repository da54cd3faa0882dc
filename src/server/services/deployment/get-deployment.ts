import { eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DeploymentView, PhaseView } from "@/contracts/deployment";
import { deploymentPhases } from "@/domain/deployment/status";
import { AppError } from "@/domain/errors";
import type { GuardVerdict } from "@/domain/guard/judge-switch";
import type { ServiceContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import { deployments, phases, projects, services, trafficSwitches, users } from "@/server/db/schema";
import { readWaiting } from "@/server/services/build-queue/read-waiting";
import { readWaits } from "@/server/services/build-queue/read-waits";
import { prepared } from "@/server/services/prepared";
import { isWorkerRunning } from "@/server/services/worker/heartbeat";
import {
  isRolledBackTo,
  isSupersededBy,
  rolledBackTo,
  summaryColumns,
  supersededBy,
  toDeploymentSummary,
} from "./deployment-summary";
import { thawEnvironment } from "./frozen-environment";

const wentBack = alias(deployments, "went_back");

const deploymentStatement = prepared((db) =>
  db
    .select({
      summary: summaryColumns,
      snapshot: deployments.snapshot,
      plan: deployments.plan,
      imageId: deployments.imageId,
      imageSizeBytes: deployments.imageSizeBytes,
      environmentEncrypted: deployments.environmentEncrypted,
      cutConnections: deployments.cutConnections,
      organizationId: projects.organizationId,
      reason: deployments.reason,
      verdict: trafficSwitches.verdict,
      wentBackNumber: wentBack.number,
    })
    .from(deployments)
    .innerJoin(services, eq(services.id, deployments.serviceId))
    .innerJoin(projects, eq(projects.id, deployments.projectId))
    .leftJoin(users, eq(users.id, deployments.createdByUserId))
    .leftJoin(rolledBackTo, isRolledBackTo)
    .leftJoin(supersededBy, isSupersededBy)
    .leftJoin(trafficSwitches, eq(trafficSwitches.deploymentId, deployments.id))
    .leftJoin(wentBack, eq(wentBack.id, sql`${trafficSwitches.verdict} ->> 'deploymentId'`))
    .where(eq(deployments.id, sql.placeholder("deploymentId")))
    .prepare("get_deployment"),
);

const phasesStatement = prepared((db) =>
  db
    .select()
    .from(phases)
    .where(eq(phases.deploymentId, sql.placeholder("deploymentId")))
    .prepare("get_deployment_phases"),
);

/** Throws not_found. */
export async function getDeployment({ db, cipher }: ServiceContext, deploymentId: string): Promise<DeploymentView> {
  const [[row], timeline, workerRunning] = await Promise.all([
    deploymentStatement(db).execute({ deploymentId }),
    phasesStatement(db).execute({ deploymentId }),
    isWorkerRunning({ db }),
  ]);
  if (!row) throw new AppError("not_found");
  const { summary, environmentEncrypted, organizationId, verdict, wentBackNumber, ...rest } = row;
  const waiting = await readWaiting({ db }, summary.status === "queued" ? [deploymentId] : []);
  return {
    ...toDeploymentSummary(summary, waiting.get(deploymentId) ?? null),
    ...rest,
    workerRunning,
    imageReference: summary.imageReference,
    guarded: describeVerdict(verdict, wentBackNumber),
    cancelRequested: summary.cancelRequestedAt !== null,
    phases: await Promise.all(inOrder(timeline).map((phase) => toPhaseView(db, organizationId, phase))),
    environmentKeys: thawEnvironment(cipher, environmentEncrypted).map((variable) => variable.key),
  };
}

type PhaseRow = typeof phases.$inferSelect;

function describeVerdict(verdict: GuardVerdict | null, wentBackNumber: number | null): DeploymentView["guarded"] {
  if (verdict?.type !== "tripped") return null;
  const { reason, deploymentId: id } = verdict;
  return { reason, wentBackBy: id === null || wentBackNumber === null ? null : { id, number: wentBackNumber } };
}

function inOrder(timeline: PhaseRow[]): PhaseRow[] {
  return timeline.sort((a, b) => deploymentPhases.indexOf(a.phase) - deploymentPhases.indexOf(b.phase));
}

async function toPhaseView(db: Db, organizationId: string, row: PhaseRow): Promise<PhaseView> {
  const { deploymentId: _, ...phase } = row;
  return { ...phase, waits: phase.phase === "queued" ? await readWaits(db, organizationId, row) : [] };
}
