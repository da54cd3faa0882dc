import { eq, isNotNull, ne, sql } from "drizzle-orm";
import { parseAddress } from "@/domain/instance-changes";
import { releaseRoute } from "@/domain/plan/service-route";
import type { WorkerContext } from "@/server/context";
import { deployments, instances, services } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/enqueue";

/**
 * Has every service looked after whose route file is missing or is not what the tables say: somebody changed it, or what
 * was to write it was lost on the way. Whoever works on a service may be about to write it, so the converging, which
 * waits for them, decides.
 */
export async function restoreRoutes({ db, edge }: Pick<WorkerContext, "db" | "edge">): Promise<void> {
  const routed = new Set(await edge.list());
  const needed = await db
    .select({
      serviceId: services.id,
      desiredState: services.desiredState,
      releaseId: deployments.releaseId,
      hosts: sql<string[]>`${deployments.snapshot} -> 'hosts'`,
    })
    .from(services)
    .innerJoin(deployments, eq(deployments.id, services.liveDeploymentId))
    .where(ne(services.desiredState, "deleted"));
  const addresses = await db
    .select({ releaseId: instances.releaseId, address: instances.address })
    .from(instances)
    .where(isNotNull(instances.address))
    .orderBy(instances.replica);
  const addressesOf = Map.groupBy(addresses, ({ releaseId }) => releaseId);
  for (const { desiredState, ...release } of needed) {
    const endpoints = (addressesOf.get(release.releaseId) ?? []).flatMap(({ address }) =>
      address === null ? [] : [parseAddress(address)],
    );
    const isRight =
      desiredState === "stopped" ? routed.has(release.serviceId) : await edge.holds(releaseRoute(release, endpoints));
    if (!isRight) await enqueue(db, "service.converge", { serviceId: release.serviceId });
  }
}
