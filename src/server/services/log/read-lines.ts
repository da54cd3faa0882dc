import { sql } from "drizzle-orm";
import type { StoredLogLine } from "@/domain/log-line";
import type { ServiceContext } from "@/server/context";
import type { LogKind } from "./log-source";

export type LogLines = { firstOffset: number; nextOffset: number; lines: StoredLogLine[] };

/**
 * Lines from `offset` on, at most `limit`. Where retention has taken the oldest, it begins with the oldest left. The
 * chunk that holds the offset is found by two steps in the primary key, so a long log costs no more than a short one.
 */
export async function readLines(
  { db }: Pick<ServiceContext, "db">,
  source: { sourceId: string; kind: LogKind },
  offset: number,
  limit: number,
): Promise<LogLines> {
  const { sourceId, kind } = source;
  const { rows } = await db.execute<{ firstOffset: string; lines: StoredLogLine[] }>(sql`
    with start as (
      select coalesce(
        (select max(first_offset) from log_chunks where source_id = ${sourceId} and kind = ${kind} and first_offset <= ${offset}),
        (select min(first_offset) from log_chunks where source_id = ${sourceId} and kind = ${kind})
      ) as at
    )
    select first_offset as "firstOffset", lines
    from log_chunks, start
    where source_id = ${sourceId} and kind = ${kind}
      and first_offset >= start.at and first_offset < greatest(${offset}::bigint, start.at) + ${limit}
    order by first_offset
    limit ${limit}`);
  const all = rows.flatMap((chunk) => {
    const first = Number(chunk.firstOffset);
    return chunk.lines.map((line, index) => ({ at: first + index, line }));
  });
  const wanted = all.filter((entry) => entry.at >= offset).slice(0, limit);
  const firstOffset = wanted[0]?.at ?? offset;
  return { firstOffset, nextOffset: firstOffset + wanted.length, lines: wanted.map((entry) => entry.line) };
}
