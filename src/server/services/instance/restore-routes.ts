import { and, isNotNull, ne } from "drizzle-orm";
import type { WorkerContext } from "@/server/context";
import { services } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/enqueue";

/** Brings back the route files that somebody removed: the tables say which there must be. */
export async function restoreRoutes({ db, edge }: Pick<WorkerContext, "db" | "edge">): Promise<void> {
  const routed = new Set(await edge.list());
  const needed = await db
    .select({ serviceId: services.id })
    .from(services)
    .where(and(isNotNull(services.liveDeploymentId), ne(services.desiredState, "deleted")));
  for (const { serviceId } of needed) {
    if (!routed.has(serviceId)) await enqueue(db, "service.converge", { serviceId });
  }
}
