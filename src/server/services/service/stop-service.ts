import type { OrganizationContext } from "@/server/context";
import { setDesiredState } from "./set-desired-state";

/** Ends its containers; route and images stay, and visitors read that it is stopped. Throws conflict where it is being deleted. */
export async function stopService(context: OrganizationContext, serviceId: string): Promise<{ id: string }> {
  await context.db.transaction((tx) =>
    setDesiredState(tx, context, { serviceId, to: "stopped", action: "service.stop" }),
  );
  return { id: serviceId };
}
