import type { CreatedDeployment } from "@/contracts/deployment";
import type { OrganizationContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { newId } from "@/server/db/new-id";
import { deployments, phases } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ClaimedService } from "./claim-number";

type NewDeployment = Omit<
  typeof deployments.$inferInsert,
  "id" | "serviceId" | "projectId" | "number" | "createdByUserId" | "createdAt" | "releaseId"
> & {
  /** Absent: the deployment's own. */
  releaseId?: string;
};

/** Writes the row in state queued, its job, its audit entry and the hint for everybody who watches. */
export async function queueDeployment(
  tx: Tx,
  context: OrganizationContext,
  service: ClaimedService,
  values: NewDeployment,
): Promise<CreatedDeployment> {
  const { actor, clock } = context;
  const id = newId("deployment");
  const number = service.lastDeploymentNumber;
  const createdAt = clock.now();
  await tx.insert(deployments).values({
    ...values,
    id,
    releaseId: values.releaseId ?? id,
    serviceId: service.id,
    projectId: service.projectId,
    number,
    createdByUserId: actor.type === "user" ? actor.userId : null,
    createdAt,
  });
  await tx.insert(phases).values({ deploymentId: id, phase: "queued", startedAt: createdAt });
  await enqueue(tx, "deployment.run", { deploymentId: id });
  await recordAudit(tx, context, {
    action: values.rollbackOfId ? "deployment.rollback" : "deployment.create",
    resourceType: "deployment",
    resourceId: id,
    detail: { serviceId: service.id, number, trigger: values.trigger },
  });
  await notify(tx, { type: "deployment", projectId: service.projectId, serviceId: service.id, deploymentId: id });
  await notify(tx, { type: "queue" });
  return { id, number };
}
