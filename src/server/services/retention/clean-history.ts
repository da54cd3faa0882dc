import { lt, sql } from "drizzle-orm";
import type { WorkerContext } from "@/server/context";
import { serviceEvents } from "@/server/db/schema";

const dayMs = 86_400_000;
/** Of one service: what crashes every minute fills no table. */
const mostEvents = 2_000;

/** Removes entries of services' histories past HISTORY_RETENTION_DAYS, and the oldest of very long ones. */
export async function cleanHistory({
  db,
  clock,
  config,
}: Pick<WorkerContext, "db" | "clock" | "config">): Promise<void> {
  const oldest = new Date(clock.now().getTime() - config.retention.historyDays * dayMs);
  await db.delete(serviceEvents).where(lt(serviceEvents.at, oldest));
  await db.execute(sql`
    delete from service_events using (
      select id from (
        select id, row_number() over (partition by service_id order by at desc, id desc) as place from service_events
        where service_id in (select service_id from service_events group by service_id having count(*) > ${mostEvents})
      ) as placed where place > ${mostEvents}
    ) as surplus where service_events.id = surplus.id`);
}
