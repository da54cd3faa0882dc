import { eq } from "drizzle-orm";
import type { WorkerContext } from "@/server/context";
import { services } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/enqueue";
import { withServiceLease } from "@/server/services/deployment-run/with-service-lease";
import type { Lease } from "@/server/services/lease/with-lease";
import { cancelUnfinished } from "./cancel-unfinished";
import { keepRunning } from "./keep-running";
import { removeService } from "./remove-service";
import { stopService } from "./stop-service";

export type ServiceRow = typeof services.$inferSelect;

const busyAgainMs = 500;

/**
 * Brings a service to what a person wants of it: running, stopped, deleted. May run twice and at any time. Where somebody
 * else works on the service it comes back a little later; stopping and deleting end what is under way first.
 */
export async function convergeService(context: WorkerContext, serviceId: string, signal: AbortSignal): Promise<void> {
  const { db, clock } = context;
  const service = await loadService(context, serviceId);
  if (!service) return;
  if (service.desiredState !== "running") await cancelUnfinished(context, serviceId);
  const done = await withServiceLease(context, serviceId, signal, (lease) => converge(context, lease, serviceId));
  if (done.held) return;
  await enqueue(db, "service.converge", { serviceId }, { runAt: new Date(clock.now().getTime() + busyAgainMs) });
}

async function converge(context: WorkerContext, lease: Lease, serviceId: string): Promise<void> {
  const service = await loadService(context, serviceId);
  switch (service?.desiredState) {
    case undefined:
      return;
    case "running":
      return keepRunning(context, lease, service);
    case "stopped":
      return stopService(context, lease, service);
    case "deleted":
      return removeService(context, lease, service);
  }
}

async function loadService({ db }: WorkerContext, serviceId: string): Promise<ServiceRow | undefined> {
  const [service] = await db.select().from(services).where(eq(services.id, serviceId));
  return service;
}
