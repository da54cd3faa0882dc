/** What a use-case left behind besides its own rows: jobs for the worker, and the audit trail. */
import { sql } from "drizzle-orm";
import type { Db } from "@/server/db/client";
import { auditLog } from "@/server/db/schema";

/** Keys of the jobs that wait, sorted: "deployment:dep_...". */
export async function readJobKeys(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ key: string }>(sql`select key from graphile_worker.jobs order by key`);
  return rows.map((row) => row.key);
}

/** What was done to a resource, oldest first. */
export async function readAudit(db: Db, resourceId: string) {
  const rows = await db.select().from(auditLog).orderBy(auditLog.at);
  return rows.filter((row) => row.resourceId === resourceId);
}
