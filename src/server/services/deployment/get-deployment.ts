import { eq, sql } from "drizzle-orm";
import type { DeploymentView, PhaseView } from "@/contracts/deployment";
import { deploymentPhases } from "@/domain/deployment/status";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import { deployments, phases, projects, services, users } from "@/server/db/schema";
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
    })
    .from(deployments)
    .innerJoin(services, eq(services.id, deployments.serviceId))
    .innerJoin(projects, eq(projects.id, deployments.projectId))
    .leftJoin(users, eq(users.id, deployments.createdByUserId))
    .leftJoin(rolledBackTo, isRolledBackTo)
    .leftJoin(supersededBy, isSupersededBy)
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
  const { summary, environmentEncrypted, organizationId, ...rest } = row;
  const waiting = await readWaiting({ db }, summary.status === "queued" ? [deploymentId] : []);
  return {
    ...toDeploymentSummary(summary, waiting.get(deploymentId) ?? null),
    ...rest,
    workerRunning,
    imageReference: summary.imageReference,
    cancelRequested: summary.cancelRequestedAt !== null,
    phases: await Promise.all(inOrder(timeline).map((phase) => toPhaseView(db, organizationId, phase))),
    environmentKeys: thawEnvironment(cipher, environmentEncrypted).map((variable) => variable.key),
  };
}

type PhaseRow = typeof phases.$inferSelect;

function inOrder(timeline: PhaseRow[]): PhaseRow[] {
  return timeline.sort((a, b) => deploymentPhases.indexOf(a.phase) - deploymentPhases.indexOf(b.phase));
}

async function toPhaseView(db: Db, organizationId: string, row: PhaseRow): Promise<PhaseView> {
  const { deploymentId: _, ...phase } = row;
  return { ...phase, waits: phase.phase === "queued" ? await readWaits(db, organizationId, row) : [] };
}
