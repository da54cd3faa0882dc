import { and, ne, sql } from "drizzle-orm";
import type { Db } from "@/server/db/client";
import { cleanups, leases } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/enqueue";
import { cleanupLeaseKey } from "./run-cleanup";

/** Has cleanups carried on that a killed worker left. */
export async function enqueueUnfinishedCleanups(db: Db): Promise<void> {
  const leaseIsFree = sql`not exists (
    select from ${leases} where ${leases.key} = ${cleanupLeaseKey} and ${leases.expiresAt} > clock_timestamp())`;
  const left = await db
    .select({ cleanupId: cleanups.id })
    .from(cleanups)
    .where(and(ne(cleanups.status, "done"), leaseIsFree));
  for (const { cleanupId } of left) await enqueue(db, "cleanup.run", { cleanupId });
}
