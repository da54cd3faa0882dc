import { and, eq, ne } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { newId } from "@/server/db/new-id";
import { cleanups } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";

type CleanupRequest = Pick<typeof cleanups.$inferInsert, "mode" | "trigger" | "requestedByUserId">;

/** Has the worker clean up, or say what that would remove. Where one is under way already, it is that one. */
export async function requestCleanup(
  tx: Tx,
  { clock }: Pick<ServiceContext, "clock">,
  request: CleanupRequest,
): Promise<{ id: string; isNew: boolean }> {
  const isUnfinished = and(eq(cleanups.mode, request.mode), ne(cleanups.status, "done"));
  for (;;) {
    const [made] = await tx
      .insert(cleanups)
      .values({ ...request, id: newId("cleanup"), createdAt: clock.now() })
      .onConflictDoNothing()
      .returning({ id: cleanups.id });
    const [known] = made ? [] : await tx.select({ id: cleanups.id }).from(cleanups).where(isUnfinished);
    const id = made?.id ?? known?.id;
    // It ended between the two.
    if (id === undefined) continue;
    await enqueue(tx, "cleanup.run", { cleanupId: id });
    await notify(tx, { type: "storage" });
    return { id, isNew: made !== undefined };
  }
}
