import type { OrganizationContext } from "@/server/context";
import { setDesiredState } from "./set-desired-state";

/** Starts what was live when it was stopped. Throws conflict where it is being deleted. */
export async function startService(context: OrganizationContext, serviceId: string): Promise<{ id: string }> {
  await context.db.transaction((tx) =>
    setDesiredState(tx, context, { serviceId, to: "running", action: "service.start" }),
  );
  return { id: serviceId };
}
