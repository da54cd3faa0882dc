import type { CreatedDeployment } from "@/contracts/deployment";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function restartService(_ctx: OrganizationContext, _serviceId: string): Promise<CreatedDeployment> {
  throw new AppError("unexpected", { message: "not there yet" });
}
