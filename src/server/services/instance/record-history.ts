import type { InstanceFacts } from "@/domain/instance-changes";
import { instanceHistory } from "@/domain/instance-history";
import type { Tx } from "@/server/db/client";
import { recordServiceEvent } from "@/server/services/service-event/record-service-event";

/** Writes into the service's history what a look at its live release tells, in the transaction that writes the look down. */
export async function recordHistory(
  tx: Tx,
  service: { serviceId: string; projectId: string },
  kept: InstanceFacts[],
  seen: InstanceFacts[],
  now: Date,
): Promise<void> {
  for (const event of instanceHistory(kept, seen, now)) await recordServiceEvent(tx, { ...service, ...event });
}
