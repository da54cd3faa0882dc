import { eq } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import type { WorkerContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import type { Lease } from "@/server/services/lease/with-lease";
import { endDeployment } from "./end-deployment";
import { isRunning } from "./running-status";
import { toErrorRecord } from "./step-failure";
import { undoRelease } from "./undo-release";

/**
 * Ends a deployment whose frozen inputs cannot be read, which no later try would change, so that it is not stuck for ever.
 * Throws `error` itself where it is the database's.
 */
export async function failUnreadable(
  context: WorkerContext,
  lease: Lease,
  deploymentId: string,
  cause: unknown,
): Promise<void> {
  const { db, log, clock } = context;
  toErrorRecord(cause, log, deploymentId, []);
  const error = new AppError("inputs_unreadable", { cause }).toRecord();
  const [row] = await db.select().from(deployments).where(eq(deployments.id, deploymentId));
  if (!row || !isRunning(row.status)) return;
  await undoRelease(context, lease, row).catch((undoing: unknown) => {
    log.warn({ err: undoing, deploymentId }, "what it made could not be taken back; it will be found later");
  });
  await endDeployment(db, row, lease.token, { status: "failed", error }, clock.now());
}
