import { sql } from "drizzle-orm";
import type { StoredLogLine } from "@/domain/log-line";
import type { Db } from "@/server/db/client";
import { logChunks, logSources } from "@/server/db/schema";
import { eventChannel } from "@/server/events";

export type LogSource = { sourceId: string; kind: "build" | "runtime"; serviceId: string };

/** Moves the Engine's cursor of one container on, if it still stands where the writer found it. */
export type CursorStep = { container: string; from: string | null; to: string | null };

/**
 * Appends lines to a source and wakes its readers, in one statement, so it is there whole or not at all. Without lines
 * only the cursor moves. Returns what the lines take in the store, in bytes, or null where the cursor had moved:
 * somebody else wrote these lines.
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
  const bytes = lines.length === 0 ? 0 : Buffer.byteLength(stored);
  const count = lines.length;
  const { rows } = await db.execute(sql`
    with source as (
      insert into ${logSources} (source_id, kind, service_id, next_offset, bytes, cursors)
      values (${sourceId}, ${kind}, ${serviceId}, ${count}::int, ${bytes}::int, ${cursors}::jsonb)
      on conflict (source_id, kind) do update
        set next_offset = ${logSources.nextOffset} + ${count}::int, bytes = ${logSources.bytes} + ${bytes}::int,
          cursors = ${logSources.cursors} || excluded.cursors, written_at = excluded.written_at
        where ${unmoved}
      returning next_offset
    ), chunk as (
      insert into ${logChunks} (source_id, kind, service_id, first_offset, line_count, bytes, lines)
      select ${sourceId}, ${kind}, ${serviceId}, next_offset - ${count}::int, ${count}::int, ${bytes}::int, ${stored}::json
      from source where ${count}::int > 0
    )
    select case when ${count}::int > 0 then pg_notify(${eventChannel}, json_build_object(
      'type', 'log', 'kind', ${kind}::text, 'sourceId', ${sourceId}::text, 'serviceId', ${serviceId}::text,
      'nextOffset', next_offset)::text) end
    from source`);
  return rows.length === 0 ? null : bytes;
}
