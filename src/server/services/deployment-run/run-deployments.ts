import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { chooseNext } from "@/domain/deployment/choose-next";
import type { WorkerContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import { deployments, services } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/enqueue";
import { LeaseLost, releaseLeaseKey } from "@/server/services/lease/lease";
import { type Lease, withLease } from "@/server/services/lease/with-lease";
import { DeploymentRun } from "./deployment-run";
import { enqueueRun } from "./enqueue-run";
import { listWaiting } from "./list-waiting";
import { type LoadedDeployment, loadDeployment } from "./loaded-deployment";
import { withServiceLease } from "./with-service-lease";

/** Until a release that is being stopped is gone, so that going back to it starts it anew. */
const releaseBusyMs = 100;

/**
 * Works on the deployments of a service, one after the other, until none is left or one waits for a build slot. Does
 * nothing where another worker is at it already. An abort leaves the deployment as it is, for the next worker.
 */
export async function runDeployments(context: WorkerContext, deploymentId: string, signal: AbortSignal): Promise<void> {
  const [row] = await context.db
    .select({ serviceId: deployments.serviceId })
    .from(deployments)
    .where(eq(deployments.id, deploymentId));
  if (!row) return;
  try {
    const run = await withServiceLease(context, row.serviceId, signal, (lease) =>
      runAll(context, lease, row.serviceId),
    );
    if (!run.held) return;
    // A slot that became free before the lease did found nothing to bring back.
    const slotIsFree = run.result === "yielded" && context.buildSlots.free > 0;
    if (slotIsFree) await enqueueRun(context.db, row.serviceId);
    await enqueueUnwanted(context.db, row.serviceId);
  } catch (error) {
    if (error instanceof LeaseLost) return context.log.warn({ err: error }, "lost a lease; another worker goes on");
    if (!signal.aborted) throw error;
    await enqueueRun(context.db, row.serviceId);
  }
}

/** A service that is to stop or to go was waiting for the lease. */
async function enqueueUnwanted(db: Db, serviceId: string): Promise<void> {
  const [service] = await db
    .select({ desiredState: services.desiredState })
    .from(services)
    .where(eq(services.id, serviceId));
  if (service && service.desiredState !== "running") await enqueue(db, "service.converge", { serviceId });
}

async function runAll(context: WorkerContext, lease: Lease, serviceId: string): Promise<"idle" | "yielded"> {
  for (;;) {
    lease.signal.throwIfAborted();
    const next = chooseNext(await listWaiting(context.db, serviceId));
    if (!next) return "idle";
    const done = await runOne(context, lease, next.id);
    if (done === "yielded") return "yielded";
    if (done === "release-busy") await sleep(releaseBusyMs, undefined, { signal: lease.signal });
  }
}

async function runOne(
  context: WorkerContext,
  lease: Lease,
  deploymentId: string,
): Promise<"ended" | "yielded" | "release-busy"> {
  const loaded = await loadDeployment(context, deploymentId);
  if (!loaded) return "ended";
  const { id, releaseId, cancelRequestedAt } = loaded.row;
  if (releaseId === id || cancelRequestedAt) return runLoaded(context, lease, loaded);
  const done = await withLease(context, releaseLeaseKey(releaseId), lease.signal, (kept) =>
    runLoaded(context, { ...lease, signal: kept.signal }, loaded),
  );
  return done.held ? done.result : "release-busy";
}

async function runLoaded(context: WorkerContext, lease: Lease, loaded: LoadedDeployment): Promise<"ended" | "yielded"> {
  const run = new DeploymentRun(context, lease, loaded);
  try {
    return await run.toItsEnd();
  } finally {
    await run.close();
  }
}
