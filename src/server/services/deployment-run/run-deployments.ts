import { eq } from "drizzle-orm";
import { buildQueue } from "@/domain/deployment/build-queue";
import { chooseNext } from "@/domain/deployment/choose-next";
import type { WorkerContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import { loadUnfinished } from "@/server/services/build-queue/load-unfinished";
import { recordWait } from "@/server/services/build-queue/record-wait";
import { enqueueRun } from "./enqueue-run";
import { runService } from "./run-service";
import { takeBuildTurn } from "./take-build-turn";
import { turnAway } from "./turn-away";

/**
 * Sees to the deployments of a service. What needs no build slot is done at once; where one is needed, this worker gives
 * a free one to whose turn it is, be that another service. Where somebody is at the service already, they go on with it.
 */
export async function runDeployments(context: WorkerContext, deploymentId: string, signal: AbortSignal): Promise<void> {
  const { db } = context;
  const [row] = await db
    .select({ serviceId: deployments.serviceId })
    .from(deployments)
    .where(eq(deployments.id, deploymentId));
  if (!row) return;
  const { serviceId } = row;
  const unfinished = await loadUnfinished(db, serviceId);
  const { ready, waiting } = buildQueue(unfinished);
  const [next] = waiting;
  if (unfinished[0]?.isHeld) {
    const underWay = unfinished.find(({ id }) => id === chooseNext(unfinished)?.id);
    const queued = unfinished.filter(({ id, status }) => status === "queued" && id !== underWay?.id);
    for (const one of underWay?.status === "queued" ? [] : queued) {
      if (underWay) await recordWait(context, one, "deployment", [underWay.id]);
    }
    return;
  }
  if (ready.length > 0) {
    if ((await runService(context, serviceId, null, signal)) === "yielded") await turnAway(context, serviceId);
    return;
  }
  if (!next) return;
  const turn = await takeBuildTurn(context, signal);
  if (turn === "full") await turnAway(context, serviceId);
  // It was another one's turn, or this worker stops.
  else if (turn === "ran" || signal.aborted) await enqueueRun(db, serviceId);
}
