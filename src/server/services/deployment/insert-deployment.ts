import type { CreatedDeployment } from "@/contracts/deployment";
import type { OrganizationContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { readEnvironment } from "@/server/services/variable/read-environment";
import { claimNumber } from "./claim-number";
import { freezeEnvironment } from "./frozen-environment";
import { queueDeployment } from "./queue-deployment";

export type DeploymentTrigger = "manual" | "settings" | "first-run" | "push" | "api";

/**
 * Freezes the service as it stands into a new deployment and hands it to the worker, in the caller's transaction.
 * Throws conflict where the service is being deleted.
 */
export async function insertDeployment(
  tx: Tx,
  context: OrganizationContext,
  input: { serviceId: string; trigger: DeploymentTrigger; commitSha?: string | null },
): Promise<CreatedDeployment> {
  const service = await claimNumber(tx, input.serviceId);
  const environment = await readEnvironment(tx, context, service.id);
  return queueDeployment(tx, context, service, {
    trigger: input.trigger,
    snapshot: {
      source: service.source,
      build: service.build,
      runtime: service.runtime,
      hosts: [service.platformHost],
    },
    environmentEncrypted: freezeEnvironment(context.cipher, environment),
    gitTokenEncrypted: service.gitTokenEncrypted,
    commitSha: input.commitSha ?? null,
  });
}
