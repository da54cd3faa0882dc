import type { DeploymentDifference } from "@/contracts/deployment";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export async function compareDeployment(_ctx: ServiceContext, _deploymentId: string): Promise<DeploymentDifference> {
  throw new AppError("unexpected", { message: "not there yet" });
}
