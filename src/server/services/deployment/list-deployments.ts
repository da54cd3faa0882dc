import type { Page } from "@/contracts/common";
import type { DeploymentSummary, ListDeploymentsInput } from "@/contracts/deployment";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export async function listDeployments(
  _ctx: ServiceContext,
  _input: ListDeploymentsInput,
): Promise<Page<DeploymentSummary>> {
  throw new AppError("unexpected", { message: "not there yet" });
}
