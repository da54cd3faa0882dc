import { and, eq } from "drizzle-orm";
import { label } from "@/domain/naming";
import type { ServiceEvent } from "@/domain/service-event";
import type { WorkerContext } from "@/server/context";
import { deployments, services } from "@/server/db/schema";
import type { EngineEvent } from "@/server/ports";
import { recordServiceEvent } from "@/server/services/service-event/record-service-event";

/** Processes of one container that fall to the same shortage come as many events. */
const shortageMs = 60_000;

/**
 * Writes the end of a container into its service's history, where it is one that answers for the service and nobody asked
 * for its end. `sentSignal`: what it was sent before, if anything. Seen again, an event changes nothing.
 */
export async function recordEngineEvent(
  { db }: Pick<WorkerContext, "db">,
  event: EngineEvent,
  sentSignal: number | null,
): Promise<void> {
  if (event.action !== "die" && event.action !== "oom") return;
  const live = await findLive(db, event);
  if (!live) return;
  const { serviceId, projectId, memoryMib } = live;
  const { key, ...entry } = toEntry(event, sentSignal, memoryMib);
  await recordServiceEvent(db, { ...entry, serviceId, projectId, at: event.at, key });
}

function toEntry(
  { action, containerId, name, labels, at, exitCode }: EngineEvent,
  sentSignal: number | null,
  memoryMib: number,
): ServiceEvent & { key: string } {
  const replica = Number(labels[label.replica] ?? 0);
  const facts = { container: name, replica, releaseId: labels[label.release] ?? "" };
  if (action === "oom") {
    const key = `oom:${containerId}:${Math.floor(at.getTime() / shortageMs)}`;
    return { kind: "out_of_memory", details: { ...facts, memoryMib }, key };
  }
  const details = { ...facts, exitCode: exitCode ?? 0, signal: sentSignal };
  return { kind: "exited", details, key: `exited:${containerId}:${at.toISOString()}` };
}

async function findLive(db: WorkerContext["db"], { labels, at }: EngineEvent) {
  const [live] = await db
    .select({
      serviceId: services.id,
      projectId: services.projectId,
      liveAt: deployments.liveAt,
      snapshot: deployments.snapshot,
    })
    .from(services)
    .innerJoin(deployments, eq(deployments.id, services.liveDeploymentId))
    .where(
      and(
        eq(services.id, labels[label.service] ?? ""),
        eq(services.desiredState, "running"),
        eq(deployments.releaseId, labels[label.release] ?? ""),
      ),
    );
  if (!live || live.liveAt === null || at < live.liveAt) return null;
  return { serviceId: live.serviceId, projectId: live.projectId, memoryMib: live.snapshot.runtime.memoryMib };
}
