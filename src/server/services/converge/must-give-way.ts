import { eq } from "drizzle-orm";
import { buildQueue } from "@/domain/deployment/build-queue";
import type { WorkerContext } from "@/server/context";
import { services } from "@/server/db/schema";
import { loadUnfinished } from "@/server/services/build-queue/load-unfinished";

/**
 * Whether somebody wants something newer of a service than that it goes on running: a stop, its end, or a deployment that
 * could begin now. One that waits for a build slot, maybe for long, must not keep what is live from being routed.
 */
export async function mustGiveWay(
  { db, buildSlots }: Pick<WorkerContext, "db" | "buildSlots">,
  serviceId: string,
): Promise<boolean> {
  const [service] = await db
    .select({ desiredState: services.desiredState })
    .from(services)
    .where(eq(services.id, serviceId));
  if (service?.desiredState !== "running") return true;
  const unfinished = await loadUnfinished(db, serviceId);
  // Whoever asks holds the service itself.
  const { ready, waiting } = buildQueue(unfinished.map((one) => ({ ...one, isHeld: false })));
  return ready.length > 0 || (waiting.length > 0 && buildSlots.free > 0);
}
