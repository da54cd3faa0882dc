import { eq } from "drizzle-orm";
import type { ReplicaSight } from "@/domain/deployment/decision";
import type { Db } from "@/server/db/client";
import { instances } from "@/server/db/schema";
import { factsOfReplicas } from "./facts-of";
import { recordHistory } from "./record-history";
import { recordInstances } from "./record-instances";

/** Writes what was seen of the replicas that answer for a service, and what that adds to its history. */
export async function recordLiveInstances(
  db: Db,
  live: { serviceId: string; projectId: string; releaseId: string },
  replicas: ReplicaSight[],
  now: Date,
): Promise<void> {
  const { serviceId, projectId, releaseId } = live;
  await db.transaction(async (tx) => {
    const kept = await tx.select().from(instances).where(eq(instances.releaseId, releaseId)).for("update");
    await recordInstances(tx, { serviceId, releaseId }, replicas, now);
    await recordHistory(tx, { serviceId, projectId }, kept, factsOfReplicas(live, replicas), now);
  });
}
