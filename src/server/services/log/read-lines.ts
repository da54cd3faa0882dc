import { sql } from "drizzle-orm";
import type { StoredLogLine } from "@/domain/log-line";
import type { ServiceContext } from "@/server/context";
import { logChunks } from "@/server/db/schema";
import type { LogKind } from "./log-source";

export type LogLines = {
  firstOffset: number;
  nextOffset: number;
  lines: StoredLogLine[];
  /** There may be lines after these already. */
  more: boolean;
};

/** Long lines make a page shorter: this much and one more chunk, at most. */
const pageBytes = 4_000_000;

/**
 * Lines from `offset` on: some `count`, to the end of a chunk, so that who goes on where it ended reads no chunk twice.
 * Where retention has taken the oldest, it begins with the oldest left. The chunk that holds the offset is found by two
 * steps in the primary key, so a long log costs no more than a short one.
 */
export async function readLines(
  { db }: Pick<ServiceContext, "db">,
  source: { sourceId: string; kind: LogKind },
  offset: number,
  count: number,
): Promise<LogLines> {
  const of = sql`source_id = ${source.sourceId} and kind = ${source.kind}`;
  const { rows } = await db.execute<{ firstOffset: string; bytes: number; lines: StoredLogLine[] }>(sql`
    with start as (
      select coalesce(
        (select max(first_offset) from ${logChunks} where ${of} and first_offset <= ${offset}),
        (select min(first_offset) from ${logChunks} where ${of})
      ) as at
    ), page as (
      select first_offset, bytes, lines, sum(bytes) over (order by first_offset) - bytes as before
      from ${logChunks}, start
      where ${of} and first_offset >= start.at and first_offset < greatest(${offset}::bigint, start.at) + ${count}
      order by first_offset
      limit ${count}
    )
    select first_offset as "firstOffset", bytes, lines from page where before < ${pageBytes} order by first_offset`);
  const lines: StoredLogLine[] = [];
  let chunkOffset = Number(rows[0]?.firstOffset ?? offset);
  let bytes = 0;
  const firstOffset = Math.max(chunkOffset, offset);
  for (const chunk of rows) {
    for (const line of chunk.lines.slice(Math.max(0, firstOffset - chunkOffset))) lines.push(line);
    chunkOffset += chunk.lines.length;
    bytes += chunk.bytes;
  }
  return {
    firstOffset,
    nextOffset: firstOffset + lines.length,
    lines,
    more: lines.length >= count || bytes >= pageBytes,
  };
}
