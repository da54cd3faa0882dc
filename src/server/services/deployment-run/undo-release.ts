import { statusTable } from "@/domain/deployment/status";
import type { WorkerContext } from "@/server/context";
import type { Lease } from "@/server/services/lease/with-lease";
import { listReleaseUsers } from "@/server/services/release/list-release-users";
import { cleanUp } from "./clean-up";
import type { DeploymentRow } from "./loaded-deployment";
import { orAbandon } from "./or-abandon";
import { restoreRoute } from "./restore-route";

/** What takes longer goes on by itself: nobody who cancels waits for the disk, the Engine or an application's last requests. */
const patienceMs = 500;

/**
 * Takes back what a deployment that does not go live has made, so that the release before it never noticed: the route,
 * the containers (unless another deployment answers with them), the checkout. Throws LeaseLost.
 */
export async function undoRelease(context: WorkerContext, lease: Lease, row: DeploymentRow): Promise<void> {
  const { undo } = statusTable[row.status];
  const route = undo === "route" ? await restoreRoute(context, lease, row) : null;
  const users = await listReleaseUsers(context.db, row.releaseId);
  const containers = undo !== "nothing" && users.every((user) => user.id === row.id);
  const cleaning = cleanUp(context, row, { containers, route });
  // Those that another deployment may be about to go back to are gone before anybody else is let to them.
  if (row.releaseId !== row.id) return cleaning;
  cleaning.catch((error: unknown) => {
    context.log.warn({ err: error, deploymentId: row.id }, "what a deployment left could not be removed");
  });
  await orAbandon(cleaning, AbortSignal.timeout(patienceMs), 0).catch(() => undefined);
}
