import { eq, sql } from "drizzle-orm";
import type { Db } from "@/server/db/client";
import { logChunks, logSources } from "@/server/db/schema";
import { chunksAtATime, deleteOldestChunks } from "./delete-oldest-chunks";

/** Deletes the oldest lines of a service whose logs take more than `mostBytes`. */
export async function trimServiceLogs(db: Db, serviceId: string, mostBytes: number): Promise<void> {
  for (let full = true; full; ) {
    full = await db.transaction(async (tx) => {
      // Two that trim the same service would wait for each other's rows in different orders.
      const { rows } = await tx.execute<{ mine: boolean }>(
        sql`select pg_try_advisory_xact_lock(hashtextextended('logs:' || ${serviceId}, 0)) as mine`,
      );
      if (!rows[0]?.mine) return false;
      const [taken] = await tx
        .select({ bytes: sql<string>`coalesce(sum(${logSources.bytes}), 0)` })
        .from(logSources)
        .where(eq(logSources.serviceId, serviceId));
      const excess = Number(taken?.bytes ?? 0) - mostBytes;
      if (excess <= 0) return false;
      const { chunks } = await deleteOldestChunks(tx, sql`${eq(logChunks.serviceId, serviceId)}`, excess);
      return chunks === chunksAtATime;
    });
  }
}
