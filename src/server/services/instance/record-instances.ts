import { and, eq, notInArray, sql } from "drizzle-orm";
import type { ReplicaSight } from "@/domain/deployment/decision";
import type { Db, Tx } from "@/server/db/client";
import { instances } from "@/server/db/schema";

/** Writes what was seen of a release's replicas, in their order; rows of replicas that are gone go. */
export async function recordInstances(
  tx: Tx | Db,
  release: { serviceId: string; releaseId: string },
  replicas: ReplicaSight[],
  now: Date,
): Promise<void> {
  const rows = replicas.flatMap(({ name, state }, replica) => {
    if (!state) return [];
    const { status, exitCode, outOfMemory, restartCount, startedAt } = state;
    return [{ name, ...release, replica, status, exitCode, outOfMemory, restartCount, startedAt, observedAt: now }];
  });
  const names = rows.map((row) => row.name);
  await tx
    .delete(instances)
    .where(
      and(eq(instances.releaseId, release.releaseId), names.length > 0 ? notInArray(instances.name, names) : sql`true`),
    );
  if (rows.length === 0) return;
  await tx
    .insert(instances)
    .values(rows)
    .onConflictDoUpdate({
      target: instances.name,
      set: {
        status: sql`excluded.status`,
        exitCode: sql`excluded.exit_code`,
        outOfMemory: sql`excluded.out_of_memory`,
        restartCount: sql`excluded.restart_count`,
        startedAt: sql`excluded.started_at`,
        observedAt: sql`excluded.observed_at`,
      },
    });
}
