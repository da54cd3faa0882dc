import { and, eq, notInArray, sql } from "drizzle-orm";
import type { ReplicaSight } from "@/domain/deployment/decision";
import type { Db, Tx } from "@/server/db/client";
import { instances } from "@/server/db/schema";
import { factsOfReplicas } from "./facts-of";
import { writeInstances } from "./write-instances";

/** Writes what was seen of a release's replicas, in their order; rows of replicas that are gone go. */
export async function recordInstances(
  tx: Tx | Db,
  release: { serviceId: string; releaseId: string },
  replicas: ReplicaSight[],
  now: Date,
): Promise<void> {
  const rows = factsOfReplicas(release, replicas).map((facts) => ({ ...facts, observedAt: now }));
  const names = rows.map((row) => row.name);
  await tx
    .delete(instances)
    .where(
      and(eq(instances.releaseId, release.releaseId), names.length > 0 ? notInArray(instances.name, names) : sql`true`),
    );
  await writeInstances(tx, rows);
}
