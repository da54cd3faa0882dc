import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import type { Page } from "@/contracts/common";
import type { CleanupItemView, ListCleanupItemsInput } from "@/contracts/storage";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";
import { cleanupItems, cleanups } from "@/server/db/schema";

const cursorSchema = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/**
 * What a cleanup planned and what became of it, in the order of the plan. The cursor is the last position shown. Throws
 * not_found, and invalid_input for another cursor.
 */
export async function listCleanupItems(
  { db }: Pick<ServiceContext, "db">,
  { cleanupId, cursor, limit }: ListCleanupItemsInput,
): Promise<Page<CleanupItemView>> {
  const [cleanup] = await db.select({ id: cleanups.id }).from(cleanups).where(eq(cleanups.id, cleanupId));
  if (!cleanup) throw new AppError("not_found");
  const rows = await db
    .select()
    .from(cleanupItems)
    .where(and(eq(cleanupItems.cleanupId, cleanupId), gt(cleanupItems.position, readCursor(cursor))))
    .orderBy(asc(cleanupItems.position))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(({ cleanupId: _, ...view }) => view), nextCursor: last ? String(last.position) : null };
}

function readCursor(cursor: string | null | undefined): number {
  if (cursor === null || cursor === undefined) return -1;
  const parsed = cursorSchema.safeParse(cursor);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", { details: { fields: { cursor: "This is not a valid cursor." } } });
}
