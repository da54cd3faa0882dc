import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";

export type Readiness = { ready: boolean; database: boolean; listening: boolean };

/** Whether this process can do its work: PostgreSQL answers and hints arrive. Never takes longer than `limitMs`. */
export async function checkReadiness(
  { db }: Pick<ServiceContext, "db">,
  listening: Promise<void>,
  limitMs: number,
): Promise<Readiness> {
  const within = (work: Promise<unknown>) =>
    Promise.race([
      work.then(
        () => true,
        () => false,
      ),
      sleep(limitMs, false),
    ]);
  const [database, heard] = await Promise.all([within(db.execute(sql`select 1`)), within(listening)]);
  return { ready: database && heard, database, listening: heard };
}
