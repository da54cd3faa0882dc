import { sql } from "drizzle-orm";
import type { Db } from "@/server/db/client";

/**
 * Frees the jobs that a killed worker holds locked, which the queue itself would do after four hours; those whose
 * attempts are used up go. Jobs may run twice, so one freed too early does no harm. Forgets workers that are long dead.
 */
export async function freeDeadJobs(db: Db, deadAfterMs: number): Promise<void> {
  const age = sql`clock_timestamp() - ${deadAfterMs}::int * interval '1 millisecond'`;
  const { rows } = await db.execute<{ locked_by: string }>(sql`
    select distinct locked_by from graphile_worker._private_jobs
    where locked_by is not null and locked_at < ${age} and locked_by not in (
      select jsonb_array_elements_text(value -> 'queueWorkers') from instance_facts
      where starts_with(key, 'worker:') and at >= ${age}
    )`);
  const dead = sql`array(select jsonb_array_elements_text(${JSON.stringify(rows.map((row) => row.locked_by))}::jsonb))`;
  if (rows.length > 0) {
    await db.execute(sql`
      delete from graphile_worker._private_jobs where locked_by = any(${dead}) and attempts >= max_attempts`);
    await db.execute(sql`select graphile_worker.force_unlock_workers(${dead})`);
  }
  await db.execute(sql`
    delete from instance_facts where starts_with(key, 'worker:') and at < clock_timestamp() - interval '1 day'`);
}
