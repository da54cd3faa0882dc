import { eq } from "drizzle-orm";
import type { DeleteServiceInput } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";
import { services } from "@/server/db/schema";
import { confirmName } from "@/server/services/confirm-name";
import { setDesiredState } from "./set-desired-state";

/**
 * Asks for the service's end: the worker removes its containers, images and route, then the row. Throws invalid_input
 * where the confirmation is not its name, conflict where it is being deleted already.
 */
export async function deleteService(context: OrganizationContext, input: DeleteServiceInput): Promise<{ id: string }> {
  const { serviceId } = input;
  await context.db.transaction(async (tx) => {
    const [service] = await tx.select({ name: services.name }).from(services).where(eq(services.id, serviceId));
    if (!service) throw new AppError("not_found");
    confirmName(input.confirmation, service.name);
    await setDesiredState(tx, context, { serviceId, to: "deleted", action: "service.delete" });
  });
  return { id: serviceId };
}
