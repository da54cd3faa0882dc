import { and, eq, ne } from "drizzle-orm";
import type { ReplicaSight } from "@/domain/deployment/decision";
import type { WorkerContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { deployments, services } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import { recordInstances } from "@/server/services/instance/record-instances";
import { openSwitch } from "@/server/services/traffic/open-switch";
import { fencedWrite } from "./fenced-write";
import type { DeploymentRow } from "./loaded-deployment";
import { endPhase } from "./write-phases";

/**
 * Moves the pointer, in one transaction: this deployment is live, the one before is retired and stays warm for a while.
 * The router sends requests to the new release already. Does nothing where somebody asked for its end in the very last
 * moment: who was told that it is cancelled must not see it go live. Throws LeaseLost.
 */
export async function goLive(
  { db, config }: Pick<WorkerContext, "db" | "config">,
  row: DeploymentRow,
  token: number,
  replicas: ReplicaSight[],
  now: Date,
): Promise<void> {
  const { id, serviceId, projectId, releaseId } = row;
  await db.transaction(async (tx) => {
    if (await isCancelled(tx, id)) return;
    await fencedWrite(
      tx,
      { deploymentId: id, token, expected: "routing" },
      { status: "live", liveAt: now, finishedAt: now },
    );
    await endPhase(tx, id, "routing", { outcome: "done" }, now);
    const [service] = await tx.select().from(services).where(eq(services.id, serviceId)).for("update");
    const previous = await retire(tx, serviceId, id, now);
    if (service) {
      const restarts = Math.max(0, ...replicas.map(({ state }) => state?.restartCount ?? 0));
      const { guard, createdAt: serviceSince } = service;
      await openSwitch(tx, { live: row, replaced: previous, guard, serviceSince, restarts }, now);
    }
    await tx.update(services).set({ liveDeploymentId: id }).where(eq(services.id, serviceId));
    // Rows of one release share its containers: what is live again is not to be cooled for having been replaced once.
    await tx
      .update(deployments)
      .set({ warmUntil: null })
      .where(and(eq(deployments.serviceId, serviceId), eq(deployments.releaseId, releaseId)));
    if (previous && previous.releaseId !== releaseId) {
      // Nobody wants to go back to what the guard went back from.
      const warmMs = row.trigger === "guard" ? 0 : config.deploy.warmWindowMs;
      await warm(tx, serviceId, previous.releaseId, new Date(now.getTime() + warmMs));
      await enqueue(tx, "release.cool", { serviceId });
      await notify(tx, { type: "deployment", projectId, serviceId, deploymentId: previous.id });
    }
    // Somebody stopped the service meanwhile: its containers are the converging job's to stop.
    if (service?.desiredState !== "running") await enqueue(tx, "service.converge", { serviceId });
    await recordInstances(tx, { serviceId, releaseId }, replicas, now);
    await notify(tx, { type: "deployment", projectId, serviceId, deploymentId: id });
    await notify(tx, { type: "service", projectId, serviceId });
  });
}

/** Locks the row, so that a cancel comes before this transaction or after it. */
async function isCancelled(tx: Tx, deploymentId: string): Promise<boolean> {
  const [row] = await tx
    .select({ cancelRequestedAt: deployments.cancelRequestedAt })
    .from(deployments)
    .where(eq(deployments.id, deploymentId))
    .for("update");
  return row?.cancelRequestedAt != null;
}

async function retire(tx: Tx, serviceId: string, exceptId: string, now: Date) {
  const [previous] = await tx
    .update(deployments)
    .set({ status: "retired", retiredAt: now })
    .where(and(eq(deployments.serviceId, serviceId), eq(deployments.status, "live"), ne(deployments.id, exceptId)))
    .returning({ id: deployments.id, releaseId: deployments.releaseId });
  return previous;
}

async function warm(tx: Tx, serviceId: string, releaseId: string, warmUntil: Date): Promise<void> {
  await tx
    .update(deployments)
    .set({ warmUntil, drainedAt: null, cutConnections: null })
    .where(
      and(
        eq(deployments.serviceId, serviceId),
        eq(deployments.releaseId, releaseId),
        eq(deployments.status, "retired"),
      ),
    );
}
