import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/server/db/client";
import { logChunks } from "@/server/db/schema";
import type { LogSource } from "./append-log-lines";

const keptLines = 100_000;
const everyLines = 5_000;

/** Keeps the newest lines of a source that prints without end; looks only now and then. */
export async function trimLog(db: Db, source: LogSource, nextOffset: number, written: number): Promise<void> {
  const crossed = Math.floor(nextOffset / everyLines) > Math.floor((nextOffset - written) / everyLines);
  if (!crossed || nextOffset <= keptLines) return;
  await db
    .delete(logChunks)
    .where(
      and(
        eq(logChunks.sourceId, source.sourceId),
        eq(logChunks.kind, source.kind),
        sql`${logChunks.firstOffset} + ${logChunks.lineCount} <= ${nextOffset - keptLines}`,
      ),
    );
}
