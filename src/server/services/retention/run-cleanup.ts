import { and, asc, eq, isNull, ne, sum } from "drizzle-orm";
import { AppError, isAppError } from "@/domain/errors";
import type { WorkerContext } from "@/server/context";
import { cleanupItems, cleanups } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import { type Lease, withLease } from "@/server/services/lease/with-lease";
import { cleanLogs } from "./clean-logs";
import { cleanRows } from "./clean-rows";
import { cleanupPolicy } from "./cleanup-policy";
import { forgetCleanups } from "./forget-cleanups";
import { type CleanupItemRow, type CleanupRow, planItems } from "./plan-items";
import { removeItem } from "./remove-item";

export const cleanupLeaseKey = "cleanup";
const busyAgainMs = 1_000;

/**
 * Makes the plan, and does it item by item; each says what became of it. May be ended anywhere and run again: it goes on
 * with the items that say nothing yet. One cleanup at a time on all workers.
 */
export async function runCleanup(context: WorkerContext, cleanupId: string, signal: AbortSignal): Promise<void> {
  const done = await withLease(context, cleanupLeaseKey, signal, (lease) => run(context, cleanupId, lease));
  if (done.held) return;
  const runAt = new Date(context.clock.now().getTime() + busyAgainMs);
  await enqueue(context.db, "cleanup.run", { cleanupId }, { runAt });
}

async function run(context: WorkerContext, cleanupId: string, lease: Lease): Promise<void> {
  const { db } = context;
  const [found] = await db.select().from(cleanups).where(eq(cleanups.id, cleanupId));
  if (!found || found.status === "done") return;
  const row = found.status === "queued" ? await planItems(context, found, lease.signal) : found;
  if (row.status !== "running") return forgetCleanups(context);
  const waiting = await db
    .select()
    .from(cleanupItems)
    .where(and(eq(cleanupItems.cleanupId, cleanupId), isNull(cleanupItems.outcome)))
    .orderBy(asc(cleanupItems.position));
  for (const item of waiting) {
    lease.signal.throwIfAborted();
    await doItem(context, row, item, lease.signal);
  }
  // Limits by size are no part of a plan: writers keep to them by themselves, this is for limits that became smaller.
  await cleanLogs(context, lease.signal);
  await cleanRows(context);
  await finish(context, cleanupId);
  await forgetCleanups(context);
}

async function doItem(context: WorkerContext, row: CleanupRow, item: CleanupItemRow, signal: AbortSignal) {
  const policy = row.policy ?? cleanupPolicy(context.config, row.trigger);
  const { cleanupId, position } = item;
  const write = (change: Partial<CleanupItemRow>) =>
    context.db
      .update(cleanupItems)
      .set(change)
      .where(and(eq(cleanupItems.cleanupId, cleanupId), eq(cleanupItems.position, position)));
  try {
    const { outcome, freedBytes } = await removeItem(context, item, policy, signal);
    await write({ outcome, ...(freedBytes !== null && { freesBytes: freedBytes }) });
  } catch (error) {
    if (signal.aborted) throw error;
    const known = isAppError(error) ? error : new AppError("unexpected", { cause: error });
    if (known.code === "unexpected") context.log.error({ err: error, item }, "an item could not be removed");
    await write({ outcome: "failed", freesBytes: 0, error: known.toRecord() });
  }
}

async function finish({ db, clock }: WorkerContext, cleanupId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [freed] = await tx
      .select({ bytes: sum(cleanupItems.freesBytes) })
      .from(cleanupItems)
      .where(
        and(
          eq(cleanupItems.cleanupId, cleanupId),
          eq(cleanupItems.outcome, "removed"),
          // They make room within the database, not on disk.
          ne(cleanupItems.kind, "logs"),
        ),
      );
    await tx
      .update(cleanups)
      .set({ status: "done", finishedAt: clock.now(), freedBytes: Number(freed?.bytes ?? 0) })
      .where(and(eq(cleanups.id, cleanupId), ne(cleanups.status, "done")));
    await notify(tx, { type: "storage" });
  });
}
