import { and, eq, gt, inArray, lt, sql, sum } from "drizzle-orm";
import { unfinishedStatuses } from "@/domain/deployment/status";
import type { WorkerContext } from "@/server/context";
import { logChunks, logSources } from "@/server/db/schema";
import { chunksAtATime, deleteOldestChunks } from "@/server/services/log/delete-oldest-chunks";
import { trimServiceLogs } from "@/server/services/log/trim-service-logs";
import { logsExpireAt } from "./logs-expire-at";

type CleanContext = Pick<WorkerContext, "db" | "clock" | "config">;

/** Ends a run of deletions by age, which counts no bytes. */
const allBytes = Number.MAX_SAFE_INTEGER;

/** Removes log lines past LOG_RETENTION_DAYS, and the oldest of what takes more than the limits by size. */
export async function cleanLogs(context: CleanContext, signal: AbortSignal): Promise<void> {
  const { db, clock, config } = context;
  const oldest = logsExpireAt(config, clock.now());
  for (let full = true; full; ) {
    signal.throwIfAborted();
    full = (await deleteOldestChunks(db, lt(logChunks.at, oldest), allBytes)).chunks === chunksAtATime;
  }
  await trimServices(context, signal);
  await trimAll(context, signal);
  await forgetEmptySources(context, oldest);
}

async function trimServices({ db, config }: CleanContext, signal: AbortSignal): Promise<void> {
  const large = await db
    .select({ serviceId: logSources.serviceId })
    .from(logSources)
    .groupBy(logSources.serviceId)
    .having(gt(sum(logSources.bytes), sql`${config.logs.serviceBytes}`));
  for (const { serviceId } of large) {
    signal.throwIfAborted();
    await trimServiceLogs(db, serviceId, config.logs.serviceBytes);
  }
}

async function trimAll({ db, config }: CleanContext, signal: AbortSignal): Promise<void> {
  const [taken] = await db.select({ bytes: sum(logSources.bytes) }).from(logSources);
  let excess = Number(taken?.bytes ?? 0) - config.logs.totalBytes;
  while (excess > 0) {
    signal.throwIfAborted();
    const gone = await deleteOldestChunks(db, sql`true`, excess);
    if (gone.chunks === 0) return;
    excess -= gone.bytes;
  }
}

/** A source without lines is where its writer stands: it goes when no writer can come any more, and with its service. */
async function forgetEmptySources({ db }: CleanContext, oldest: Date): Promise<void> {
  const inUse = sql`exists (
    select from deployments join services on services.id = deployments.service_id
    where (deployments.id = ${logSources.sourceId} or deployments.release_id = ${logSources.sourceId})
      and (${inArray(sql`deployments.status`, unfinishedStatuses)} or deployments.id = services.live_deployment_id
        or deployments.warm_until is not null))`;
  await db.delete(logSources).where(and(eq(logSources.bytes, 0), lt(logSources.writtenAt, oldest), sql`not ${inUse}`));
  await db.delete(logSources).where(sql`not exists (select from services where id = ${logSources.serviceId})`);
}
