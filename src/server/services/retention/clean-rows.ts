import { and, like, lt, or, sql } from "drizzle-orm";
import type { WorkerContext } from "@/server/context";
import { inspections, leases, sessions } from "@/server/db/schema";
import { releaseLeasePrefix } from "@/server/services/lease/lease";
import { cleanHistory } from "./clean-history";

const dayMs = 86_400_000;
/** An ended session is shown to its owner a little longer. */
const sessionDays = 30;

/** Removes sessions that ended long ago, inspections and leases of releases of yesterday, and jobs that failed for good. */
export async function cleanRows({ db, clock, config }: WorkerContext): Promise<void> {
  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * dayMs);
  const longAgo = daysAgo(sessionDays);
  await db.delete(sessions).where(or(lt(sessions.expiresAt, longAgo), lt(sessions.revokedAt, longAgo)));
  await db.delete(inspections).where(lt(inspections.createdAt, daysAgo(1)));
  await db.delete(leases).where(and(like(leases.key, `${releaseLeasePrefix}%`), lt(leases.expiresAt, daysAgo(1))));
  await cleanHistory({ db, clock, config });
  await db.execute(sql`
    delete from graphile_worker._private_jobs
    where attempts >= max_attempts and locked_at is null and updated_at < ${daysAgo(7).toISOString()}::timestamptz`);
}
