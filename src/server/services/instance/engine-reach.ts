/** Whether the worker reaches the Engine: while it does not, what pages say of containers is what was last seen. */
import { eq } from "drizzle-orm";
import type { Db } from "@/server/db/client";
import { instanceFacts } from "@/server/db/schema";
import { notify } from "@/server/events";

const factKey = "engine-unreachable";

/** Since when; null while it is reached. */
export async function engineUnreachableSince(db: Db): Promise<Date | null> {
  const [fact] = await db.select().from(instanceFacts).where(eq(instanceFacts.key, factKey));
  return fact?.at ?? null;
}

/** Tells everybody where it changed; resolves to whether it did. */
export async function noteEngineReach(db: Db, isReached: boolean, now: Date): Promise<boolean> {
  const changed = isReached
    ? await db.delete(instanceFacts).where(eq(instanceFacts.key, factKey))
    : await db.insert(instanceFacts).values({ key: factKey, value: {}, at: now }).onConflictDoNothing();
  const isNews = (changed.rowCount ?? 0) > 0;
  if (isNews) await notify(db, { type: "platform" });
  return isNews;
}
