import type { DeploymentView } from "@/contracts/deployment";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export function watchDeployment(
  _ctx: ServiceContext,
  _deploymentId: string,
  _signal: AbortSignal,
): AsyncGenerator<DeploymentView> {
  throw new AppError("unexpected", { message: "not there yet" });
}
