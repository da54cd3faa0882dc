import { eq } from "drizzle-orm";
import type { AuditAction } from "@/domain/audit-actions";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { newId } from "@/server/db/new-id";
import { services } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/services/audit/record-audit";
import { recordServiceEvent } from "@/server/services/service-event/record-service-event";

type Change = { serviceId: string; to: "running" | "stopped" | "deleted"; action: AuditAction };

/**
 * Says what a person wants of a service and has the worker make it so, in the caller's transaction. Wanting what is
 * wanted already is no error and leaves no trace. Throws conflict where the service is being deleted.
 */
export async function setDesiredState(tx: Tx, context: OrganizationContext, change: Change): Promise<void> {
  const { serviceId, to, action } = change;
  const [service] = await tx
    .select({ desiredState: services.desiredState, projectId: services.projectId, name: services.name })
    .from(services)
    .where(eq(services.id, serviceId))
    .for("update");
  if (!service) throw new AppError("not_found");
  if (service.desiredState === "deleted") {
    throw new AppError("conflict", { message: "This service is being deleted." });
  }
  if (service.desiredState === to) return;
  await tx.update(services).set({ desiredState: to }).where(eq(services.id, serviceId));
  await enqueue(tx, "service.converge", { serviceId });
  await recordAudit(tx, context, {
    action,
    resourceType: "service",
    resourceId: serviceId,
    detail: { name: service.name },
  });
  if (to !== "deleted") await recordChange(tx, context, serviceId, service.projectId, to);
  await notify(tx, { type: "service", projectId: service.projectId, serviceId });
}

async function recordChange(
  tx: Tx,
  { actor, clock }: OrganizationContext,
  serviceId: string,
  projectId: string,
  to: "running" | "stopped",
): Promise<void> {
  await recordServiceEvent(tx, {
    ...{ serviceId, projectId, at: clock.now(), key: newId("serviceEvent") },
    kind: to === "stopped" ? "service_stopped" : "service_started",
    details: { byUserId: actor.type === "user" ? actor.userId : null },
  });
}
