/**
 * A worker says that it lives by a row in instance_facts. The web learns from it whether any worker runs, and the
 * sweep which locked jobs belong to nobody any more.
 */
import { sql } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import { instanceFacts } from "@/server/db/schema";

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

export async function beat(db: Db, holder: string, heartbeat: Heartbeat): Promise<void> {
  await db
    .insert(instanceFacts)
    .values({ key: `${prefix}${holder}`, value: heartbeat, at: sql`clock_timestamp()` })
    .onConflictDoUpdate({ target: instanceFacts.key, set: { value: heartbeat, at: sql`clock_timestamp()` } });
}

export async function stopBeating(db: Db, holder: string): Promise<void> {
  await db.delete(instanceFacts).where(sql`${instanceFacts.key} = ${prefix + holder}`);
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

/** The build slots of all workers that live; null where none does. */
export async function countBuildSlots({ db }: Pick<ServiceContext, "db">): Promise<number | null> {
  const [found] = await db
    .select({ slots: sql<number | null>`sum((${instanceFacts.value} ->> 'buildSlots')::int)::int` })
    .from(instanceFacts)
    .where(sql`starts_with(${instanceFacts.key}, ${prefix}) and ${instanceFacts.at} > ${lastHeard}`);
  return found?.slots ?? null;
}

const lastHeard = sql`clock_timestamp() - ${deadAfterMs}::int * interval '1 millisecond'`;
