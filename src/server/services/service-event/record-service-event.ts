import type { ServiceEvent } from "@/domain/service-event";
import type { Db, Tx } from "@/server/db/client";
import { newId } from "@/server/db/new-id";
import { serviceEvents } from "@/server/db/schema";
import { notify } from "@/server/events";

export type NewServiceEvent = ServiceEvent & {
  serviceId: string;
  projectId: string;
  at: Date;
  /** The same for the same event however often it is seen, and of no other event of this service. */
  key: string;
};

/**
 * Writes an event into a service's history, in the transaction of the change that it tells of, and wakes who watches the
 * service. One that is there already (by its key) stays as it is. Returns whether it is new.
 */
export async function recordServiceEvent(tx: Tx | Db, event: NewServiceEvent): Promise<boolean> {
  const { projectId, ...row } = event;
  const added = await tx
    .insert(serviceEvents)
    .values({ ...row, id: newId("serviceEvent") })
    .onConflictDoNothing({ target: [serviceEvents.serviceId, serviceEvents.key] })
    .returning({ id: serviceEvents.id });
  if (added.length > 0) await notify(tx, { type: "service", projectId, serviceId: event.serviceId });
  return added.length > 0;
}
