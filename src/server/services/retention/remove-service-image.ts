import { and, eq, inArray } from "drizzle-orm";
import { isAppError } from "@/domain/errors";
import { type CleanupPolicy, judgeImages } from "@/domain/retention";
import type { WorkerContext } from "@/server/context";
import { deployments, services } from "@/server/db/schema";
import { withServiceLease } from "@/server/services/deployment-run/with-service-lease";
import { listServiceImages } from "./list-service-images";
import { loadImageUses } from "./load-image-uses";
import type { CleanupItemRow } from "./plan-items";

type Forgotten = { id: string; imageReference: string | null; imageId: string | null };

/**
 * Removes an image of a service that nobody works on, judged anew by the rule of the plan. Returns whether it is gone.
 * Throws engine_refused where a container uses it; then its deployments can be gone back to as before.
 */
export async function removeServiceImage(
  context: WorkerContext,
  { name: reference, serviceId }: Pick<CleanupItemRow, "name" | "serviceId">,
  policy: CleanupPolicy,
  signal: AbortSignal,
): Promise<boolean> {
  if (serviceId === null) return false;
  const done = await withServiceLease(context, serviceId, signal, async () => {
    const images = (await listServiceImages(context, serviceId)).get(serviceId) ?? [];
    if (!images.some((image) => image.reference === reference)) return true;
    const forgotten = await forget(context, serviceId, reference, images, policy);
    if (!forgotten) return false;
    try {
      await context.engine.removeImage(reference);
    } catch (error) {
      if (isAppError(error, "engine_refused")) await remember(context, forgotten);
      throw error;
    }
    return true;
  });
  return done.held && done.result;
}

/**
 * The rows first: a deployment that says its image is kept must not be wrong. Who goes back to one locks the service, so
 * it comes before this and its image is needed, or after it and is told.
 */
async function forget(
  { db, clock }: WorkerContext,
  serviceId: string,
  reference: string,
  images: Parameters<typeof judgeImages>[0],
  policy: CleanupPolicy,
): Promise<Forgotten[] | null> {
  return db.transaction(async (tx) => {
    await tx.select({ id: services.id }).from(services).where(eq(services.id, serviceId)).for("update");
    const verdicts = judgeImages(images, await loadImageUses(tx, serviceId), policy, clock.now());
    if (verdicts.find(({ image }) => image.reference === reference)?.verdict !== "remove") return null;
    const named = and(eq(deployments.serviceId, serviceId), eq(deployments.imageReference, reference));
    const before = await tx
      .select({ id: deployments.id, imageReference: deployments.imageReference, imageId: deployments.imageId })
      .from(deployments)
      .where(named);
    await tx.update(deployments).set({ imageReference: null, imageId: null }).where(named);
    return before;
  });
}

async function remember({ db }: WorkerContext, forgotten: Forgotten[]): Promise<void> {
  for (const [imageId, rows] of Map.groupBy(forgotten, (row) => row.imageId)) {
    const ids = rows.map((row) => row.id);
    const imageReference = rows[0]?.imageReference ?? null;
    await db.update(deployments).set({ imageReference, imageId }).where(inArray(deployments.id, ids));
  }
}
