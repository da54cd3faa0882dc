import { statusTable } from "@/domain/deployment/status";
import { isAppError } from "@/domain/errors";
import type { WorkerContext } from "@/server/context";
import type { Lease } from "@/server/services/lease/with-lease";
import { listReleaseUsers } from "@/server/services/release/list-release-users";
import { removeRelease } from "@/server/services/release/remove-release";
import { removeCheckout } from "./checkout";
import { type DeploymentRow, loadDeployment } from "./loaded-deployment";
import { publishRelease } from "./publish-release";

/**
 * Takes back what a deployment that does not go live has made, so that the release before it never noticed: the route,
 * the containers (unless another deployment answers with them), the checkout. Throws what the Engine throws, LeaseLost.
 */
export async function undoRelease(context: WorkerContext, lease: Lease, row: DeploymentRow): Promise<void> {
  const { undo } = statusTable[row.status];
  if (undo === "route") await restoreRoute(context, lease, row);
  const users = await listReleaseUsers(context.db, row.releaseId);
  if (undo !== "nothing" && users.every((user) => user.id === row.id)) {
    // Only what was in the routes for a moment can have requests to end.
    const graceSeconds = undo === "route" ? context.config.deploy.stopGraceSeconds : 0;
    await removeRelease(context, row.releaseId, graceSeconds);
  }
  await removeCheckout(context.config, row.id);
}

async function restoreRoute(context: WorkerContext, lease: Lease, row: DeploymentRow): Promise<void> {
  const mine = await loadDeployment(context, row.id);
  const liveId = mine?.service.liveDeploymentId ?? null;
  const live = liveId === null ? null : await loadDeployment(context, liveId);
  await lease.confirm();
  if (!live) return context.edge.unpublish(row.serviceId);
  try {
    await publishRelease(context, lease, live.row, lease.signal);
  } catch (error) {
    // The file is written; a router that is down reads it when it comes back.
    if (!isAppError(error, "route_not_applied")) throw error;
    context.log.warn({ err: error, deploymentId: row.id }, "the former route is written but was not confirmed");
  }
}
