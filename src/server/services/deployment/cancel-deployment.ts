import { and, eq, inArray, isNull } from "drizzle-orm";
import { deploymentStatuses, isCancellable } from "@/domain/deployment/status";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { deployments } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/services/audit/record-audit";

const cancellable = deploymentStatuses.filter(isCancellable);

/**
 * Asks for the end of a deployment; the worker ends it. Asking twice is one request. Throws conflict where traffic
 * moves already or it is over.
 */
export async function cancelDeployment(context: OrganizationContext, deploymentId: string): Promise<{ id: string }> {
  await context.db.transaction(async (tx) => {
    const [asked] = await tx
      .update(deployments)
      .set({ cancelRequestedAt: context.clock.now() })
      .where(
        and(
          eq(deployments.id, deploymentId),
          inArray(deployments.status, cancellable),
          isNull(deployments.cancelRequestedAt),
        ),
      )
      .returning({ serviceId: deployments.serviceId, projectId: deployments.projectId, number: deployments.number });
    if (!asked) return requireAskedBefore(tx, deploymentId);
    const { serviceId, projectId, number } = asked;
    await recordAudit(tx, context, {
      action: "deployment.cancel",
      resourceType: "deployment",
      resourceId: deploymentId,
      detail: { serviceId, number },
    });
    await notify(tx, { type: "cancel", deploymentId, serviceId });
    await notify(tx, { type: "deployment", projectId, serviceId, deploymentId });
    // One that waits has nobody who hears the hint: the job ends it.
    await enqueue(tx, "deployment.run", { deploymentId });
  });
  return { id: deploymentId };
}

async function requireAskedBefore(tx: Tx, deploymentId: string): Promise<void> {
  const [row] = await tx
    .select({ status: deployments.status, cancelRequestedAt: deployments.cancelRequestedAt })
    .from(deployments)
    .where(eq(deployments.id, deploymentId));
  if (!row) throw new AppError("not_found");
  if (row.cancelRequestedAt !== null && row.status !== "routing") return;
  throw new AppError("conflict", {
    message:
      row.status === "routing"
        ? "Traffic is moving to this deployment already; it cannot be cancelled any more."
        : "This deployment is over.",
    fix: "To go back, roll back to the deployment before it.",
  });
}
