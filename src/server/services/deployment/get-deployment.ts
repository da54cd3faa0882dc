import type { DeploymentView } from "@/contracts/deployment";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export async function getDeployment(_ctx: ServiceContext, _deploymentId: string): Promise<DeploymentView> {
  throw new AppError("unexpected", { message: "not there yet" });
}
