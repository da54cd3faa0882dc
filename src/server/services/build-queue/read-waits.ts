import type { WaitedView } from "@/contracts/deployment";
import { queueWaits, type WaitMark } from "@/domain/deployment/queue-waits";
import type { Db } from "@/server/db/client";
import { nameDeployments } from "./name-deployments";

/** What the time in the queue was waited for, as a person of the organization may see it. */
export async function readWaits(
  db: Db,
  organizationId: string,
  phase: { startedAt: Date; finishedAt: Date | null; waits: WaitMark[] },
): Promise<WaitedView[]> {
  const waits = queueWaits(phase.startedAt, phase.finishedAt, phase.waits);
  const name = await nameDeployments(
    db,
    organizationId,
    waits.flatMap(({ deploymentIds }) => deploymentIds),
  );
  return waits.map(({ deploymentIds, ...wait }) => ({ ...wait, ...name(deploymentIds) }));
}
