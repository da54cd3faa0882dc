import { inArray } from "drizzle-orm";
import type { WorkerContext } from "@/server/context";
import { newId } from "@/server/db/new-id";
import { strays } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import { findStraysNow } from "./find-strays";

/** Writes down what there is on the Engine that no row knows, and forgets what went. Throws engine_unavailable. */
export async function lookForStrays(context: WorkerContext): Promise<void> {
  const { db, clock, log } = context;
  const found = await findStraysNow(context);
  const kept = await db.select().from(strays);
  const keyOf = ({ kind, name }: { kind: string; name: string }) => `${kind}:${name}`;
  const known = new Set(kept.map(keyOf));
  const there = new Set(found.map(keyOf));
  const fresh = found.filter((one) => !known.has(keyOf(one)));
  const gone = kept.filter((one) => !there.has(keyOf(one))).map((one) => one.id);
  // A worker that was killed left the wish of somebody.
  for (const { id, removalRequestedAt, error } of kept) {
    if (removalRequestedAt !== null && error === null) await enqueue(db, "stray.remove", { strayId: id });
  }
  if (fresh.length === 0 && gone.length === 0) return;
  if (fresh.length > 0) log.warn({ strays: fresh.map(keyOf) }, "found what no row knows");
  await db.transaction(async (tx) => {
    const firstSeenAt = clock.now();
    if (fresh.length > 0) {
      const rows = fresh.map((one) => ({ ...one, id: newId("stray"), firstSeenAt }));
      await tx.insert(strays).values(rows).onConflictDoNothing();
    }
    if (gone.length > 0) await tx.delete(strays).where(inArray(strays.id, gone));
    await notify(tx, { type: "storage" });
  });
}
