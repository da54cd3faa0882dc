/**
 * A worker says that it lives by a row in instance_facts. The web learns from it whether any worker runs, and the
 * sweep which locked jobs belong to nobody any more.
 */
import { eq, sql } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import { instanceFacts } from "@/server/db/schema";
import { notify } from "@/server/events";

const prefix = "worker:";

export const beatEveryMs = 5_000;
/** A worker that was not heard of for so long is dead. */
export const deadAfterMs = 15_000;

export type Heartbeat = {
  /** The names by which its jobs are locked in the queue. */
  queueWorkers: string[];
  /** How many deployments it builds at a time. */
  buildSlots: number;
};

/** Tells of it where the worker was not heard of before, or not for so long that it counted as dead. */
export async function beat(db: Db, holder: string, heartbeat: Heartbeat): Promise<void> {
  const key = prefix + holder;
  const now = { value: heartbeat, at: sql`clock_timestamp()` };
  await db.transaction(async (tx) => {
    const [row] = await tx
      .insert(instanceFacts)
      .values({ key, ...now })
      .onConflictDoUpdate({ target: instanceFacts.key, set: now })
      // A statement reads the table as it was before it.
      .returning({
        isBack: sql<boolean>`not exists (
          select from instance_facts before where before.key = ${key} and before.at > ${lastHeard})`,
      });
    if (row?.isBack) await notify(tx, { type: "worker" });
  });
}

/** Tells of it. */
export async function stopBeating(db: Db, holder: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(instanceFacts).where(eq(instanceFacts.key, prefix + holder));
    await notify(tx, { type: "worker" });
  });
}

/** Whether a worker was heard of lately: without one, what people ask for waits. */
export async function isWorkerRunning({ db }: Pick<ServiceContext, "db">): Promise<boolean> {
  const found = await db
    .select({ key: instanceFacts.key })
    .from(instanceFacts)
    .where(sql`starts_with(${instanceFacts.key}, ${prefix}) and ${instanceFacts.at} > ${lastHeard}`)
    .limit(1);
  return found.length > 0;
}

/** How long (ms) a worker still counts as running if none is heard of from now on; null where none runs. */
export async function readWorkerLapse({ db }: Pick<ServiceContext, "db">): Promise<number | null> {
  const lapse = sql<number | null>`extract(epoch from max(${instanceFacts.at}) - (${lastHeard}))::float8 * 1000`;
  const [newest] = await db
    .select({ ms: lapse })
    .from(instanceFacts)
    .where(sql`starts_with(${instanceFacts.key}, ${prefix})`);
  const ms = newest?.ms ?? null;
  return ms !== null && ms > 0 ? ms : null;
}

/** The build slots of all workers that live; null where none does. */
export async function countBuildSlots({ db }: Pick<ServiceContext, "db">): Promise<number | null> {
  const [found] = await db
    .select({ slots: sql<number | null>`sum((${instanceFacts.value} ->> 'buildSlots')::int)::int` })
    .from(instanceFacts)
    .where(sql`starts_with(${instanceFacts.key}, ${prefix}) and ${instanceFacts.at} > ${lastHeard}`);
  return found?.slots ?? null;
}

const lastHeard = sql`clock_timestamp() - ${deadAfterMs}::int * interval '1 millisecond'`;
