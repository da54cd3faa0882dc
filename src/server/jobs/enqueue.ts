import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/server/db/client";
import { type JobName, type JobPayload, jobCatalog } from "./catalog";

/**
 * Adds a job in the caller's transaction: it exists if, and only if, the change that wants it was committed.
 * The catalogue's key makes a second request for the same waiting work replace the first. `runAt`: not before then.
 */
export async function enqueue<N extends JobName>(
  tx: Tx | Db,
  name: N,
  payload: JobPayload<N>,
  options: { runAt?: Date } = {},
): Promise<void> {
  const definition = jobCatalog[name];
  const parsed = definition.payload.parse(payload) as never; // safe because the catalogue's key takes the payload of its own schema
  const key = (definition.key as (payload: never) => string)(parsed); // safe as above
  await tx.execute(sql`
    select graphile_worker.add_job(
      identifier => ${name}::text,
      payload => ${JSON.stringify(parsed)}::json,
      run_at => ${options.runAt?.toISOString() ?? null}::timestamptz,
      max_attempts => ${definition.maxAttempts}::int,
      job_key => ${key}::text,
      job_key_mode => 'replace'
    )`);
}
