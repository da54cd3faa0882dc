import { and, eq, inArray, isNull } from "drizzle-orm";
import { deploymentStatuses, isCancellable } from "@/domain/deployment/status";
import type { WorkerContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import { notify } from "@/server/events";

/** Asks for the end of everything under way for a service that is to stop; whoever works on it hears it. */
export async function cancelUnfinished({ db, clock }: WorkerContext, serviceId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const asked = await tx
      .update(deployments)
      .set({ cancelRequestedAt: clock.now() })
      .where(
        and(
          eq(deployments.serviceId, serviceId),
          inArray(deployments.status, deploymentStatuses.filter(isCancellable)),
          isNull(deployments.cancelRequestedAt),
        ),
      )
      .returning({ deploymentId: deployments.id });
    for (const { deploymentId } of asked) await notify(tx, { type: "cancel", deploymentId, serviceId });
  });
}
