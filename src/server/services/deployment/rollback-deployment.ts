import type { CreatedDeployment } from "@/contracts/deployment";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function rollbackDeployment(_ctx: OrganizationContext, _deploymentId: string): Promise<CreatedDeployment> {
  throw new AppError("unexpected", { message: "not there yet" });
}
