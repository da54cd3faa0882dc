import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { chooseNext } from "@/domain/deployment/choose-next";
import type { BuildSlot } from "@/server/build-slots";
import type { WorkerContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import { services } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/enqueue";
import { LeaseLost, releaseLeaseKey } from "@/server/services/lease/lease";
import { type Lease, withLease } from "@/server/services/lease/with-lease";
import { DeploymentRun } from "./deployment-run";
import { enqueueRun } from "./enqueue-run";
import { failUnreadable } from "./fail-unreadable";
import { listWaiting } from "./list-waiting";
import { type LoadedDeployment, loadDeployment } from "./loaded-deployment";
import { withServiceLease } from "./with-service-lease";

/** Until a release that is being stopped is gone, so that going back to it starts it anew. */
const releaseBusyMs = 100;

/**
 * Works on the deployments of a service, one after the other, until none is left or the next one needs a build slot that
 * this run does not hold ("yielded"). "busy": another worker is at it. An abort leaves the deployment as it is, for the
 * next worker.
 */
export async function runService(
  context: WorkerContext,
  serviceId: string,
  slot: BuildSlot | null,
  signal: AbortSignal,
): Promise<"busy" | "idle" | "yielded"> {
  try {
    const run = await withServiceLease(context, serviceId, signal, (lease) => runAll(context, lease, serviceId, slot));
    if (!run.held) return "busy";
    await enqueueUnwanted(context.db, serviceId);
    return run.result;
  } catch (error) {
    if (error instanceof LeaseLost) context.log.warn({ err: error }, "lost a lease; whoever has it goes on");
    else if (!signal.aborted) throw error;
    await enqueueRun(context.db, serviceId);
    return "idle";
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

async function runAll(
  context: WorkerContext,
  lease: Lease,
  serviceId: string,
  slot: BuildSlot | null,
): Promise<"idle" | "yielded"> {
  for (;;) {
    lease.signal.throwIfAborted();
    const next = chooseNext(await listWaiting(context.db, serviceId));
    if (!next) return "idle";
    const done = await runOne(context, lease, next.id, slot);
    // Another one's turn may come first: who begins to build is chosen among all that wait.
    slot?.release();
    if (done === "yielded") return "yielded";
    if (done === "release-busy") await sleep(releaseBusyMs, undefined, { signal: lease.signal });
  }
}

async function runOne(
  context: WorkerContext,
  lease: Lease,
  deploymentId: string,
  slot: BuildSlot | null,
): Promise<"ended" | "yielded" | "release-busy"> {
  let loaded: LoadedDeployment | null;
  try {
    loaded = await loadDeployment(context, deploymentId);
  } catch (error) {
    await failUnreadable(context, lease, deploymentId, error);
    return "ended";
  }
  if (!loaded) return "ended";
  const { id, releaseId, cancelRequestedAt } = loaded.row;
  if (releaseId === id || cancelRequestedAt) return runLoaded(context, lease, loaded, slot);
  const done = await withLease(context, releaseLeaseKey(releaseId), lease.signal, (kept) =>
    runLoaded(context, { ...lease, signal: kept.signal }, loaded, slot),
  );
  return done.held ? done.result : "release-busy";
}

async function runLoaded(
  context: WorkerContext,
  lease: Lease,
  loaded: LoadedDeployment,
  slot: BuildSlot | null,
): Promise<"ended" | "yielded"> {
  const run = new DeploymentRun(context, lease, loaded, slot);
  try {
    return await run.toItsEnd();
  } finally {
    await run.close();
  }
}
