import { and, eq, isNotNull, ne } from "drizzle-orm";
import { label } from "@/domain/naming";
import { stoppedRoute } from "@/domain/plan/service-route";
import type { WorkerContext } from "@/server/context";
import { deployments, instances } from "@/server/db/schema";
import { notify } from "@/server/events";
import { loadDeployment } from "@/server/services/deployment-run/loaded-deployment";
import { lookAtReplicas } from "@/server/services/deployment-run/look-at-replicas";
import { recordInstances } from "@/server/services/instance/record-instances";
import type { Lease } from "@/server/services/lease/with-lease";
import { removeRelease } from "@/server/services/release/remove-release";
import type { ServiceRow } from "./converge-service";
import { publishRoute } from "./publish-route";

/**
 * Takes a service out of traffic, then stops its containers; those of the live release stay, so that starting again is
 * quick. Throws what the Engine throws, LeaseLost.
 */
export async function stopService(context: WorkerContext, lease: Lease, service: ServiceRow): Promise<void> {
  const { db, engine, clock, config } = context;
  const live = service.liveDeploymentId ? await loadDeployment(context, service.liveDeploymentId) : null;
  if (live) await publishRoute(context, lease, stoppedRoute(service.id, live.row.snapshot.hosts));
  const containers = await engine.listContainers({
    [label.instance]: config.instanceId,
    [label.service]: service.id,
  });
  const { stopGraceSeconds } = config.deploy;
  const others = new Set(containers.map((one) => one.labels[label.release] ?? ""));
  others.delete(live?.row.releaseId ?? "");
  await Promise.all([
    ...[...others].map((releaseId) => removeRelease(context, releaseId, stopGraceSeconds)),
    ...containers
      .filter((one) => one.labels[label.release] === live?.row.releaseId)
      .map((one) => engine.stopContainer(one.name, stopGraceSeconds)),
  ]);
  await db
    .update(deployments)
    .set({ warmUntil: null })
    .where(and(eq(deployments.serviceId, service.id), isNotNull(deployments.warmUntil)));
  // Rows too of containers that a killed worker removed before it could say so.
  const liveRelease = live?.row.releaseId ?? "";
  await db.delete(instances).where(and(eq(instances.serviceId, service.id), ne(instances.releaseId, liveRelease)));
  if (live) {
    const { releaseId, snapshot } = live.row;
    const replicas = await lookAtReplicas(context, releaseId, snapshot.runtime.replicas);
    await recordInstances(db, { serviceId: service.id, releaseId }, replicas, clock.now());
  }
  await notify(db, { type: "service", projectId: service.projectId, serviceId: service.id });
}
