import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/server/db/client";
import { instances } from "@/server/db/schema";

type NewInstance = typeof instances.$inferInsert;

/** Writes what was seen of containers; what was measured of them stays. */
export async function writeInstances(tx: Tx | Db, rows: NewInstance[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(instances)
    .values(rows)
    .onConflictDoUpdate({
      target: instances.name,
      set: {
        containerId: sql`excluded.container_id`,
        status: sql`excluded.status`,
        exitCode: sql`excluded.exit_code`,
        outOfMemory: sql`excluded.out_of_memory`,
        restartCount: sql`excluded.restart_count`,
        startedAt: sql`excluded.started_at`,
        address: sql`excluded.address`,
        observedAt: sql`excluded.observed_at`,
      },
    });
}
