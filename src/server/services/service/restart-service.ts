import { eq } from "drizzle-orm";
import type { CreatedDeployment } from "@/contracts/deployment";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import { claimNumber } from "@/server/services/deployment/claim-number";
import { keptInputs } from "@/server/services/deployment/kept-inputs";
import { queueDeployment } from "@/server/services/deployment/queue-deployment";

/**
 * Replaces the containers by new ones of the same image and settings, as a deployment of its own: health gate, cutover
 * and drain are the same, so a restart drops no request. Throws conflict where nothing is live or it is being deleted.
 */
export async function restartService(context: OrganizationContext, serviceId: string): Promise<CreatedDeployment> {
  return context.db.transaction(async (tx) => {
    const service = await claimNumber(tx, serviceId);
    const [live] = service.liveDeploymentId
      ? await tx.select().from(deployments).where(eq(deployments.id, service.liveDeploymentId))
      : [];
    if (!live) {
      throw new AppError("conflict", { message: "There is nothing to restart yet.", fix: "Deploy the service first." });
    }
    return queueDeployment(tx, context, service, { ...keptInputs(live), trigger: "manual" });
  });
}
