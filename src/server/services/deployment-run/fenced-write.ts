/**
 * Every write to a deployment says what status it expects and carries the fencing number of the lease. A worker that
 * lost the lease without noticing finds no row to change, and stops.
 */
import { and, eq, lte } from "drizzle-orm";
import type { DeploymentStatus } from "@/domain/deployment/status";
import type { Db, Tx } from "@/server/db/client";
import { deployments } from "@/server/db/schema";
import { LeaseLost } from "@/server/services/lease/lease";

export type Fence = { deploymentId: string; token: number; expected: DeploymentStatus };

/** Throws LeaseLost where somebody with a higher number wrote the row, or its status is another one by now. */
export async function fencedWrite(
  db: Db | Tx,
  fence: Fence,
  values: Partial<typeof deployments.$inferInsert>,
): Promise<void> {
  const written = await db
    .update(deployments)
    .set({ ...values, fence: fence.token })
    .where(
      and(
        eq(deployments.id, fence.deploymentId),
        eq(deployments.status, fence.expected),
        lte(deployments.fence, fence.token),
      ),
    )
    .returning({ id: deployments.id });
  if (written.length === 0) throw new LeaseLost(`${fence.deploymentId} is no longer ${fence.expected} in our hands`);
}
