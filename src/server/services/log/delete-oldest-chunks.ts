import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/server/db/client";
import { logChunks, logSources } from "@/server/db/schema";

/** A few at a time, so that writers never wait long. */
export const chunksAtATime = 1_000;

/**
 * Deletes the oldest chunks that match, until they took at least `bytes`, at most a thousand. What their sources take
 * is counted down in the same statement. Returns how many went, and what they took.
 */
export async function deleteOldestChunks(
  db: Pick<Tx, "execute">,
  matches: SQL,
  bytes: number,
): Promise<{ chunks: number; bytes: number }> {
  const { rows } = await db.execute<{ chunks: string; bytes: string }>(sql`
    with oldest as (
      select ctid, bytes, at from ${logChunks} where ${matches} order by at limit ${chunksAtATime}
    ), counted as (
      select ctid, sum(bytes) over (order by at, ctid) - bytes as before from oldest
    ), gone as (
      delete from ${logChunks} where ctid = any(array(select ctid from counted where before < ${bytes}::bigint))
      returning source_id, kind, bytes
    ), taken as (
      update ${logSources} set bytes = ${logSources.bytes} - gone.bytes
      from (select source_id, kind, sum(bytes) as bytes from gone group by source_id, kind) as gone
      where ${logSources.sourceId} = gone.source_id and ${logSources.kind} = gone.kind
    )
    select count(*) as chunks, coalesce(sum(bytes), 0) as bytes from gone`);
  const [row] = rows;
  return { chunks: Number(row?.chunks ?? 0), bytes: Number(row?.bytes ?? 0) };
}
