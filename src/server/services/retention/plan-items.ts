import { and, eq } from "drizzle-orm";
import { type AppError, isAppError } from "@/domain/errors";
import { planCleanup } from "@/domain/retention";
import type { WorkerContext } from "@/server/context";
import { cleanupItems, cleanups } from "@/server/db/schema";
import { notify } from "@/server/events";
import { cleanupPolicy } from "./cleanup-policy";
import { gatherCleanupWorld } from "./gather-cleanup-world";

export type CleanupRow = typeof cleanups.$inferSelect;
export type CleanupItemRow = typeof cleanupItems.$inferSelect;

/** As many as one statement takes without trouble. */
const rowsAtATime = 1_000;

/**
 * Makes the plan of a cleanup and writes it down: a preview is done with that. What stays is part of a preview alone,
 * since a run is kept for long.
 */
export async function planItems(context: WorkerContext, row: CleanupRow, signal: AbortSignal): Promise<CleanupRow> {
  const { db, config, clock } = context;
  const policy = cleanupPolicy(config, row.trigger);
  const { world, engine } = await gatherCleanupWorld(context, signal);
  const plan = planCleanup(world, policy, clock.now());
  const shown = plan.filter((item) => row.mode === "preview" || item.verdict === "remove");
  const items = shown.map((item, position) => ({ ...item, cleanupId: row.id, position }));
  const error = isAppError(engine) ? (engine as AppError).toRecord() : null;
  const done =
    row.mode === "preview" ? { status: "done" as const, finishedAt: clock.now() } : { status: "running" as const };
  signal.throwIfAborted();
  return db.transaction(async (tx) => {
    const [planned] = await tx
      .update(cleanups)
      .set({ policy, error, ...done })
      .where(and(eq(cleanups.id, row.id), eq(cleanups.status, "queued")))
      .returning();
    // Somebody else made the plan meanwhile.
    if (!planned) return row;
    for (let from = 0; from < items.length; from += rowsAtATime) {
      await tx.insert(cleanupItems).values(items.slice(from, from + rowsAtATime));
    }
    await notify(tx, { type: "storage" });
    return planned;
  });
}
