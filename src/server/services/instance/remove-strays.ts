import { inArray } from "drizzle-orm";
import { label } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import { services } from "@/server/db/schema";
import { withServiceLease } from "@/server/services/deployment-run/with-service-lease";
import { listReleaseUsers } from "@/server/services/release/list-release-users";
import { removeRelease } from "@/server/services/release/remove-release";

/**
 * Removes containers that no deployment needs: what a worker made that had lost its lease without knowing. Those of
 * services that these tables do not know are left alone: another instance may carry the same name.
 */
export async function removeStrays(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const { db, engine, config, log } = context;
  const containers = await engine.listContainers({ [label.managed]: "true", [label.instance]: config.instanceId });
  const releases = new Map(containers.map(({ labels }) => [labels[label.release] ?? "", labels[label.service] ?? ""]));
  const serviceIds = [...new Set(releases.values())];
  if (serviceIds.length === 0) return;
  const known = await db.select({ id: services.id }).from(services).where(inArray(services.id, serviceIds));
  const ours = new Set(known.map((row) => row.id));
  for (const [releaseId, serviceId] of releases) {
    if (!ours.has(serviceId) || (await listReleaseUsers(db, releaseId)).length > 0) continue;
    // Under the lease the same look is sure: nobody is about to need them.
    await withServiceLease(context, serviceId, signal, async () => {
      if ((await listReleaseUsers(db, releaseId)).length > 0) return;
      log.warn({ releaseId, serviceId }, "removing containers that no deployment needs");
      await removeRelease(context, releaseId, config.deploy.stopGraceSeconds);
    });
  }
}
