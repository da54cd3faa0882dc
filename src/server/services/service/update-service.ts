import { and, eq, ne } from "drizzle-orm";
import type { UpdateServiceInput } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";
import { services } from "@/server/db/schema";
import { notify } from "@/server/events";
import { recordAudit } from "@/server/services/audit/record-audit";
import { refuseSlowHealth } from "./refuse-slow-health";

/**
 * Changes settings; what runs stays as it is until the next deployment. Slug and host name stay, so no address breaks.
 * Throws conflict where the service is being deleted, invalid_input where the times of the health check do not fit the
 * server's limit.
 */
export async function updateService(context: OrganizationContext, input: UpdateServiceInput): Promise<{ id: string }> {
  const { serviceId, name, source, build, runtime, guard } = input;
  if (runtime) refuseSlowHealth(runtime.health, context.config);
  const changes = { name, source, build, runtime, guard, gitTokenEncrypted: sealToken(context, input.gitToken) };
  await context.db.transaction(async (tx) => {
    const [service] = await tx
      .update(services)
      .set({ ...changes, updatedAt: context.clock.now() })
      .where(and(eq(services.id, serviceId), ne(services.desiredState, "deleted")))
      .returning({ projectId: services.projectId });
    if (!service) throw new AppError("conflict", { message: "This service is being deleted." });
    const { gitTokenEncrypted, ...shown } = changes;
    await recordAudit(tx, context, {
      action: "service.update",
      resourceType: "service",
      resourceId: serviceId,
      detail: { ...shown, ...(gitTokenEncrypted !== undefined && { gitToken: "changed" }) },
    });
    await notify(tx, { type: "service", projectId: service.projectId, serviceId });
  });
  return { id: serviceId };
}

/** Undefined: leave it as it is. */
function sealToken({ cipher }: OrganizationContext, token: string | null | undefined): string | null | undefined {
  if (token === undefined) return undefined;
  return token === null || token === "" ? null : cipher.encrypt(token);
}
