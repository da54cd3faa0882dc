import { sql } from "drizzle-orm";
import type { StoredLogLine } from "@/domain/log-line";
import type { Db } from "@/server/db/client";
import { logChunks, logSources } from "@/server/db/schema";
import { eventChannel } from "@/server/events";

export type LogSource = { sourceId: string; kind: "build" | "runtime"; serviceId: string };

/** Moves the Engine's cursor of one container on, if it still stands where the writer found it. */
export type CursorStep = { container: string; from: string | null; to: string };

/**
 * Appends lines (at least one) to a source and wakes its readers: one statement, so it is there whole or not at all.
 * Returns the offset after the last line, or null where the cursor had moved: somebody else wrote these lines.
 */
export async function appendLogLines(
  db: Db,
  source: LogSource,
  lines: StoredLogLine[],
  step: CursorStep | null = null,
): Promise<number | null> {
  const { sourceId, kind, serviceId } = source;
  const cursors = JSON.stringify(step ? { [step.container]: step.to } : {});
  const unmoved = step ? sql`${logSources.cursors} ->> ${step.container} is not distinct from ${step.from}` : sql`true`;
  const stored = JSON.stringify(lines);
  const { rows } = await db.execute<{ next_offset: string }>(sql`
    with source as (
      insert into ${logSources} (source_id, kind, service_id, next_offset, cursors)
      values (${sourceId}, ${kind}, ${serviceId}, ${lines.length}::int, ${cursors}::jsonb)
      on conflict (source_id, kind) do update
        set next_offset = ${logSources.nextOffset} + ${lines.length}::int, cursors = ${logSources.cursors} || excluded.cursors
        where ${unmoved}
      returning next_offset
    ), chunk as (
      insert into ${logChunks} (source_id, kind, first_offset, line_count, lines)
      select ${sourceId}, ${kind}, next_offset - ${lines.length}::int, ${lines.length}::int, ${stored}::jsonb from source
    )
    select next_offset, pg_notify(${eventChannel}, json_build_object(
      'type', 'log', 'kind', ${kind}::text, 'sourceId', ${sourceId}::text, 'serviceId', ${serviceId}::text,
      'nextOffset', next_offset)::text)
    from source`);
  const [row] = rows;
  return row ? Number(row.next_offset) : null;
}
