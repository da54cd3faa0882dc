import { eq } from "drizzle-orm";
import type { Db } from "@/server/db/client";
import { services } from "@/server/db/schema";
import { listWaiting } from "@/server/services/deployment-run/list-waiting";

/** Whether somebody wants something newer of a service than that it goes on running: a deployment, a stop, its end. */
export async function mustGiveWay(db: Db, serviceId: string): Promise<boolean> {
  const [service] = await db
    .select({ desiredState: services.desiredState })
    .from(services)
    .where(eq(services.id, serviceId));
  return service?.desiredState !== "running" || (await listWaiting(db, serviceId)).length > 0;
}
