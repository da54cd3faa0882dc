import { desc, eq, sql } from "drizzle-orm";
import type { Page } from "@/contracts/common";
import type { CleanupView, ListCleanupsInput } from "@/contracts/storage";
import type { ServiceContext } from "@/server/context";
import { cleanupItems, cleanups, users } from "@/server/db/schema";
import { microsOf, pageStart, toPage } from "@/server/services/pages";

type Counts = CleanupView["counts"];

const counts = sql<Counts>`(
  select json_build_object(
    'planned', count(*), 'removed', count(*) filter (where ${cleanupItems.outcome} = 'removed'),
    'spared', count(*) filter (where ${cleanupItems.outcome} = 'spared'),
    'failed', count(*) filter (where ${cleanupItems.outcome} = 'failed'))
  from ${cleanupItems} where ${cleanupItems.cleanupId} = ${cleanups.id} and ${cleanupItems.verdict} = 'remove')`;

/** Cleanups and the newest preview, newest first. Throws invalid_input for a foreign cursor. */
export async function listCleanups(
  { db }: Pick<ServiceContext, "db">,
  { cursor, limit }: ListCleanupsInput,
): Promise<Page<CleanupView>> {
  const { beforeAt, beforeId } = pageStart(cursor);
  const rows = await db
    .select({
      ...{ id: cleanups.id, mode: cleanups.mode, trigger: cleanups.trigger, status: cleanups.status },
      ...{ error: cleanups.error, freedBytes: cleanups.freedBytes, requestedBy: users.name },
      ...{ createdAt: cleanups.createdAt, finishedAt: cleanups.finishedAt, counts },
      micros: microsOf(cleanups.createdAt),
    })
    .from(cleanups)
    .leftJoin(users, eq(users.id, cleanups.requestedByUserId))
    .where(sql`(${cleanups.createdAt}, ${cleanups.id}) < (${beforeAt}::timestamptz, ${beforeId})`)
    .orderBy(desc(cleanups.createdAt), desc(cleanups.id))
    .limit(limit + 1);
  return toPage(rows, limit, ({ micros: _, ...view }) => view);
}
