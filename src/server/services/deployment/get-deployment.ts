import { eq, sql } from "drizzle-orm";
import type { DeploymentView, PhaseView } from "@/contracts/deployment";
import { deploymentPhases } from "@/domain/deployment/status";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";
import { deployments, phases, services, users } from "@/server/db/schema";
import { prepared } from "@/server/services/prepared";
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
    })
    .from(deployments)
    .innerJoin(services, eq(services.id, deployments.serviceId))
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
  const [[row], timeline] = await Promise.all([
    deploymentStatement(db).execute({ deploymentId }),
    phasesStatement(db).execute({ deploymentId }),
  ]);
  if (!row) throw new AppError("not_found");
  const { summary, environmentEncrypted, ...rest } = row;
  return {
    ...toDeploymentSummary(summary),
    ...rest,
    imageReference: summary.imageReference,
    cancelRequested: summary.cancelRequestedAt !== null,
    phases: inOrder(timeline),
    environmentKeys: thawEnvironment(cipher, environmentEncrypted).map((variable) => variable.key),
  };
}

function inOrder(timeline: (PhaseView & { deploymentId: string })[]): PhaseView[] {
  return timeline
    .map(({ deploymentId: _, ...phase }) => phase)
    .sort((a, b) => deploymentPhases.indexOf(a.phase) - deploymentPhases.indexOf(b.phase));
}
