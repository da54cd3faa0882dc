import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function cancelDeployment(_ctx: OrganizationContext, _deploymentId: string): Promise<{ id: string }> {
  throw new AppError("unexpected", { message: "not there yet" });
}
