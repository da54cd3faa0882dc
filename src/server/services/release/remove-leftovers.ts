import { inArray } from "drizzle-orm";
import { label } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import { withServiceLease } from "@/server/services/deployment-run/with-service-lease";
import { listReleaseUsers } from "./list-release-users";
import { removeRelease } from "./remove-release";

/**
 * Removes the containers of deployments that do not need them any more: what a worker made that had lost its lease without
 * knowing. Those that no deployment of ours made are strays: people say whether they go.
 */
export async function removeLeftovers(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const { db, engine, config, log } = context;
  const containers = await engine.listContainers({ [label.managed]: "true", [label.instance]: config.instanceId });
  const seen = new Map(containers.map(({ labels }) => [labels[label.release] ?? "", labels[label.service] ?? ""]));
  for (const [releaseId, serviceId] of await madeHere(context, seen)) {
    if ((await listReleaseUsers(db, releaseId)).length > 0) continue;
    // Under the lease the same look is sure: nobody is about to need them.
    await withServiceLease(context, serviceId, signal, async () => {
      if ((await listReleaseUsers(db, releaseId)).length > 0) return;
      log.warn({ releaseId, serviceId }, "removing containers that no deployment needs");
      await removeRelease(context, releaseId, config.deploy.stopGraceSeconds);
    });
  }
}

/** Of the releases, with the services that they say they are of, those that are called after a deployment of that service. */
async function madeHere({ db }: WorkerContext, seen: Map<string, string>): Promise<[string, string][]> {
  const rows = await db
    .select({ id: deployments.id, serviceId: deployments.serviceId })
    .from(deployments)
    .where(inArray(deployments.id, [...seen.keys()]));
  return rows.filter((row) => seen.get(row.id) === row.serviceId).map((row) => [row.id, row.serviceId]);
}
