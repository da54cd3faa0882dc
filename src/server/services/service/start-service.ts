import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function startService(_ctx: OrganizationContext, _serviceId: string): Promise<{ id: string }> {
  throw new AppError("unexpected", { message: "not there yet" });
}
