import { and, eq, ne, sql } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import type { Tx } from "@/server/db/client";
import { services } from "@/server/db/schema";

export type ClaimedService = typeof services.$inferSelect;

/**
 * The service with its next deployment number, locked until the transaction ends, so that numbers have no gaps and no
 * twins. Who deploys wants it to run: a stopped service starts. Throws conflict where it is being deleted.
 */
export async function claimNumber(tx: Tx, serviceId: string): Promise<ClaimedService> {
  const [service] = await tx
    .update(services)
    .set({ lastDeploymentNumber: sql`${services.lastDeploymentNumber} + 1`, desiredState: "running" })
    .where(and(eq(services.id, serviceId), ne(services.desiredState, "deleted")))
    .returning();
  if (!service) throw new AppError("conflict", { message: "This service is being deleted." });
  return service;
}
