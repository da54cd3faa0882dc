import { and, desc, eq, lt, notInArray } from "drizzle-orm";
import type { WorkerContext } from "@/server/context";
import { cleanups } from "@/server/db/schema";

const dayMs = 86_400_000;
const reportDays = 90;

/** Reports are kept for a quarter of a year; of the previews only the newest says anything. */
export async function forgetCleanups({ db, clock }: Pick<WorkerContext, "db" | "clock">): Promise<void> {
  const oldest = new Date(clock.now().getTime() - reportDays * dayMs);
  await db.delete(cleanups).where(and(eq(cleanups.status, "done"), lt(cleanups.createdAt, oldest)));
  const newest = db
    .select({ id: cleanups.id })
    .from(cleanups)
    .where(and(eq(cleanups.mode, "preview"), eq(cleanups.status, "done")))
    .orderBy(desc(cleanups.createdAt), desc(cleanups.id))
    .limit(1);
  await db
    .delete(cleanups)
    .where(and(eq(cleanups.mode, "preview"), eq(cleanups.status, "done"), notInArray(cleanups.id, newest)));
}
