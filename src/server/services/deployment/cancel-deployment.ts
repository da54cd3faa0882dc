import { and, eq, inArray, isNull } from "drizzle-orm";
import { deploymentStatuses, isCancellable } from "@/domain/deployment/status";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { deployments, phases } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/services/audit/record-audit";

const cancellable = deploymentStatuses.filter(isCancellable);

/**
 * Asks for the end of a deployment. One that waits is over at once, since nothing was made for it; one under way is ended
 * by the worker that works on it. Asking twice is one request. Throws conflict where it is over.
 */
export async function cancelDeployment(context: OrganizationContext, deploymentId: string): Promise<{ id: string }> {
  await context.db.transaction(async (tx) => {
    const asked = (await endQueued(tx, context, deploymentId)) ?? (await ask(tx, context, deploymentId));
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
    await notify(tx, { type: "queue" });
    // Whoever worked on it may be dead: then nobody heard the hint.
    await enqueue(tx, "deployment.run", { deploymentId });
  });
  return { id: deploymentId };
}

type Asked = { serviceId: string; projectId: string; number: number };
const askedColumns = {
  serviceId: deployments.serviceId,
  projectId: deployments.projectId,
  number: deployments.number,
};

/** A worker that is about to begin with it finds that it is no longer queued, and leaves it. */
async function endQueued(tx: Tx, { clock }: OrganizationContext, deploymentId: string): Promise<Asked | undefined> {
  const now = clock.now();
  const [ended] = await tx
    .update(deployments)
    .set({ status: "cancelled", cancelRequestedAt: now, finishedAt: now })
    .where(and(eq(deployments.id, deploymentId), eq(deployments.status, "queued")))
    .returning(askedColumns);
  if (ended) {
    await tx
      .update(phases)
      .set({ outcome: "cancelled", finishedAt: now })
      .where(and(eq(phases.deploymentId, deploymentId), eq(phases.phase, "queued")));
  }
  return ended;
}

async function ask(tx: Tx, { clock }: OrganizationContext, deploymentId: string): Promise<Asked | undefined> {
  const [asked] = await tx
    .update(deployments)
    .set({ cancelRequestedAt: clock.now() })
    .where(
      and(
        eq(deployments.id, deploymentId),
        inArray(deployments.status, cancellable),
        isNull(deployments.cancelRequestedAt),
      ),
    )
    .returning(askedColumns);
  return asked;
}

async function requireAskedBefore(tx: Tx, deploymentId: string): Promise<void> {
  const [row] = await tx
    .select({ status: deployments.status, cancelRequestedAt: deployments.cancelRequestedAt })
    .from(deployments)
    .where(eq(deployments.id, deploymentId));
  if (!row) throw new AppError("not_found");
  if (row.cancelRequestedAt !== null && (row.status === "cancelled" || isCancellable(row.status))) return;
  throw new AppError("conflict", {
    message: "This deployment is over.",
    fix: "To go back, roll back to the deployment before it.",
  });
}
