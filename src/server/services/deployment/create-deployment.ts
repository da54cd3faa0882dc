import type { CreateDeploymentInput, CreatedDeployment } from "@/contracts/deployment";
import type { OrganizationContext } from "@/server/context";
import { type DeploymentTrigger, insertDeployment } from "./insert-deployment";

/** Deploys a service as it stands now. Throws conflict where the service is being deleted. */
export async function createDeployment(
  context: OrganizationContext,
  input: CreateDeploymentInput & { trigger: DeploymentTrigger },
): Promise<CreatedDeployment> {
  return context.db.transaction((tx) => insertDeployment(tx, context, input));
}
