import { eq } from "drizzle-orm";
import type { CreatedDeployment } from "@/contracts/deployment";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { deployments } from "@/server/db/schema";
import { claimNumber } from "./claim-number";
import { type KeptDeployment, keptInputs } from "./kept-inputs";
import { queueDeployment } from "./queue-deployment";

/**
 * Goes back to a deployment that was live once: a new deployment with its image, settings and variables of that time.
 * Its release may still run; then it is a flip of the route. Throws conflict where it is live, was never live, or the
 * service is being deleted; image_gone where its image is not kept any more.
 */
export async function rollbackDeployment(
  context: OrganizationContext,
  deploymentId: string,
): Promise<CreatedDeployment> {
  return context.db.transaction(async (tx) => {
    const { serviceId } = await readTarget(tx, deploymentId);
    const service = await claimNumber(tx, serviceId);
    // Only now is it sure: a cleanup that lets go of its image locks the service too.
    const target = await readTarget(tx, deploymentId);
    await refuseIfLive(tx, service.liveDeploymentId, target);
    return queueDeployment(tx, context, service, {
      ...keptInputs(target),
      trigger: "rollback",
      rollbackOfId: target.id,
      releaseId: target.releaseId,
    });
  });
}

async function readTarget(tx: Tx, deploymentId: string): Promise<KeptDeployment> {
  const [target] = await tx.select().from(deployments).where(eq(deployments.id, deploymentId));
  if (!target) throw new AppError("not_found");
  if (target.liveAt === null) {
    throw new AppError("conflict", {
      message: "This deployment was never live, so one cannot go back to it.",
      fix: "Choose one that was, or deploy its commit again.",
    });
  }
  return target;
}

/** The live one may be a rollback to the target itself: then the target's release is what answers now. */
async function refuseIfLive(tx: Tx, liveId: string | null, target: KeptDeployment): Promise<void> {
  if (liveId === null) return;
  const [live] = await tx
    .select({ releaseId: deployments.releaseId })
    .from(deployments)
    .where(eq(deployments.id, liveId));
  if (live?.releaseId !== target.releaseId) return;
  throw new AppError("conflict", { message: "This deployment is live already.", fix: "There is nothing to do." });
}
