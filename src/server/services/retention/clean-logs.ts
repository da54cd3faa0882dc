import { lt, sql } from "drizzle-orm";
import type { WorkerContext } from "@/server/context";
import { logChunks, logSources } from "@/server/db/schema";

const dayMs = 86_400_000;
const batch = 2_000;

/** Removes log lines past LOG_RETENTION_DAYS, a few at a time, so that writers never wait long. */
export async function cleanLogs({ db, clock, config }: WorkerContext, signal: AbortSignal): Promise<void> {
  const oldest = new Date(clock.now().getTime() - config.retention.logDays * dayMs);
  for (let removed = batch; removed === batch; ) {
    signal.throwIfAborted();
    const { rowCount } = await db
      .delete(logChunks)
      .where(sql`ctid = any(array(select ctid from ${logChunks} where ${lt(logChunks.at, oldest)} limit ${batch}))`);
    removed = rowCount ?? 0;
  }
  // A source without lines is where its writer stands; it goes with its service.
  await db.delete(logSources).where(sql`not exists (select from services where id = ${logSources.serviceId})`);
}
