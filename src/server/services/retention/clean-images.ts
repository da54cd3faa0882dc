import { and, eq, isNotNull } from "drizzle-orm";
import { isFinished } from "@/domain/deployment/status";
import { isAppError } from "@/domain/errors";
import { label } from "@/domain/naming";
import { expiredImages, type ImageUse } from "@/domain/retention";
import type { WorkerContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import { withServiceLease } from "@/server/services/deployment-run/with-service-lease";

/** Removes the images that services built and do not need any more. A service that is worked on waits for the next time. */
export async function cleanImages(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const { engine, config } = context;
  const images = await engine.listImages({ [label.managed]: "true", [label.instance]: config.instanceId });
  const byService = Map.groupBy(images, (image) => image.labels[label.service] ?? "");
  byService.delete("");
  for (const [serviceId, own] of byService) {
    signal.throwIfAborted();
    const present = own.map((image) => image.reference);
    await withServiceLease(context, serviceId, signal, () => cleanService(context, serviceId, present));
  }
}

async function cleanService(context: WorkerContext, serviceId: string, present: string[]): Promise<void> {
  const { db, engine, clock, config, log } = context;
  const expired = expiredImages(present, await imageUses(context, serviceId), config.retention.imageDays, clock.now());
  for (const reference of expired) {
    // The rows first: a deployment that says its image is kept must not be wrong.
    await db
      .update(deployments)
      .set({ imageReference: null, imageId: null })
      .where(and(eq(deployments.serviceId, serviceId), eq(deployments.imageReference, reference)));
    await engine.removeImage(reference).catch((error: unknown) => {
      if (!isAppError(error, "engine_refused")) throw error;
      log.warn({ err: error, reference }, "an image could not be removed");
    });
  }
}

async function imageUses({ db }: WorkerContext, serviceId: string): Promise<ImageUse[]> {
  const rows = await db
    .select()
    .from(deployments)
    .where(and(eq(deployments.serviceId, serviceId), isNotNull(deployments.imageReference)));
  return rows.flatMap((row) => {
    if (row.imageReference === null) return [];
    const inUse = row.status === "live" || row.warmUntil !== null || !isFinished(row.status);
    const usedAt = row.retiredAt ?? row.finishedAt ?? row.createdAt;
    return [{ imageReference: row.imageReference, number: row.number, inUse, wasLive: row.liveAt !== null, usedAt }];
  });
}
