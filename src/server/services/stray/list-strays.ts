import { desc, sql } from "drizzle-orm";
import type { Page } from "@/contracts/common";
import type { ListStraysInput, StrayView } from "@/contracts/storage";
import { label } from "@/domain/naming";
import type { ServiceContext } from "@/server/context";
import { strays } from "@/server/db/schema";
import { microsOf, pageStart, toPage } from "@/server/services/pages";

/** What the worker last saw on the Engine that no row knows, newest first. Throws invalid_input for a foreign cursor. */
export async function listStrays(
  { db }: Pick<ServiceContext, "db">,
  { cursor, limit }: ListStraysInput,
): Promise<Page<StrayView>> {
  const { beforeAt, beforeId } = pageStart(cursor);
  const rows = await db
    .select({ id: strays.id, stray: strays, micros: microsOf(strays.firstSeenAt) })
    .from(strays)
    .where(sql`(${strays.firstSeenAt}, ${strays.id}) < (${beforeAt}::timestamptz, ${beforeId})`)
    .orderBy(desc(strays.firstSeenAt), desc(strays.id))
    .limit(limit + 1);
  return toPage(rows, limit, ({ stray }) => {
    const { id, kind, name, reason, sizeBytes, firstSeenAt, error, labels, removalRequestedAt } = stray;
    return {
      ...{ id, kind, name, reason, sizeBytes, firstSeenAt, error },
      serviceId: labels[label.service] ?? null,
      removalRequested: removalRequestedAt !== null && error === null,
    };
  });
}
