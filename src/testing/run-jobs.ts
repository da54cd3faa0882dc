/**
 * Runs the jobs that are due, one after the other, as a worker's queue would: a job is locked while it runs, goes when
 * it is done, and stays locked when its worker dies.
 */
import { sql } from "drizzle-orm";
import type { WorkerContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import { type JobName, type JobPayload, jobCatalog } from "@/server/jobs/catalog";
import { handlers } from "@/server/jobs/handlers";
import type { Handler } from "@/server/jobs/handlers/handler";

type LockedJob = { id: string; name: JobName; payload: unknown };

/** `db` is the queue's own client: taking a job is no side effect of the worker. Returns the names of the jobs that ran. */
export async function runDueJobs(db: Db, context: WorkerContext, signal = new AbortController().signal) {
  const ran: JobName[] = [];
  for (let job = await lockJob(db, context.holder); job; job = await lockJob(db, context.holder)) {
    ran.push(job.name);
    const payload = jobCatalog[job.name].payload.parse(job.payload) as JobPayload<JobName>; // safe because the catalogue's own schema parsed it
    const handler = handlers[job.name] as Handler<JobName>; // safe because name and payload are of the same job
    await handler(context, payload, signal);
    await db.execute(sql`delete from graphile_worker._private_jobs where id = ${job.id}`);
  }
  return ran;
}

async function lockJob(db: Db, holder: string): Promise<LockedJob | undefined> {
  const { rows } = await db.execute<LockedJob>(sql`
    update graphile_worker._private_jobs job
    set locked_by = ${holder}, locked_at = now(), attempts = attempts + 1
    from graphile_worker._private_tasks task
    where task.id = job.task_id and job.id = (
      select id from graphile_worker._private_jobs
      where locked_at is null and attempts < max_attempts and run_at <= now()
      order by run_at, id limit 1 for update skip locked
    )
    returning job.id, task.identifier as name, job.payload`);
  return rows[0];
}
