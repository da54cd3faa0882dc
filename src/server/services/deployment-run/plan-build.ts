import { and, desc, eq, isNotNull } from "drizzle-orm";
import { imageReference } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import { whileDisksAreLookedAt } from "@/server/services/disk/refuse-on-full-disk";
import { ensureCheckout } from "./checkout";
import type { DeploymentRow, LoadedDeployment } from "./loaded-deployment";

/**
 * Says how to build. Where an image of the same build key is there, the plan that made it is the plan, and nothing has to
 * be checked out; else the files are looked at. Throws what Git and the planner throw.
 */
export async function planBuild(
  context: WorkerContext,
  loaded: LoadedDeployment,
  signal: AbortSignal,
): Promise<Partial<DeploymentRow>> {
  const earlier = await planOfSameContent(context, loaded.row);
  if (earlier) return { plan: earlier };
  const { plan } = await whileDisksAreLookedAt(context, ensureCheckout(context, loaded, signal));
  return { plan };
}

async function planOfSameContent({ db, engine }: WorkerContext, { serviceId, buildKey }: DeploymentRow) {
  if (buildKey === null) return null;
  const [earlier] = await db
    .select({ plan: deployments.plan })
    .from(deployments)
    .where(
      and(
        eq(deployments.serviceId, serviceId),
        eq(deployments.buildKey, buildKey),
        isNotNull(deployments.plan),
        isNotNull(deployments.imageId),
      ),
    )
    .orderBy(desc(deployments.number))
    .limit(1);
  if (!earlier?.plan) return null;
  const image = await engine.findImage(imageReference(serviceId, buildKey));
  return image ? earlier.plan : null;
}
