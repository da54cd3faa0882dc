/** Looks at everything that a cleanup may remove: what is there, and what may still be needed of it. */
import { inArray, lt, sum } from "drizzle-orm";
import { isAppError } from "@/domain/errors";
import type { CleanupWorld } from "@/domain/retention";
import type { WorkerContext } from "@/server/context";
import { logChunks, services } from "@/server/db/schema";
import { listCheckouts } from "./list-checkouts";
import { listMirrors } from "./list-mirrors";
import { listServiceImages } from "./list-service-images";
import { loadImageUses } from "./load-image-uses";
import { logsExpireAt } from "./logs-expire-at";

/** Without an Engine that answers its images and its cache are left out, which `engine` says; the rest is looked at. */
export async function gatherCleanupWorld(
  context: WorkerContext,
  signal: AbortSignal,
): Promise<{ world: CleanupWorld; engine: unknown }> {
  const [onEngine, mirrors, checkouts, logs] = await Promise.all([
    gatherEngine(context, signal),
    listMirrors(context),
    listCheckouts(context),
    measureLogs(context),
  ]);
  return { world: { ...onEngine.found, mirrors, checkouts, logs }, engine: onEngine.failure };
}

type OnEngine = Pick<CleanupWorld, "services" | "buildCache">;

async function gatherEngine(
  context: WorkerContext,
  signal: AbortSignal,
): Promise<{ found: OnEngine; failure: unknown }> {
  try {
    const { imageOwnBytes, buildCache } = await context.engine.usage(signal);
    const images = await listServiceImages(context, null, imageOwnBytes);
    return { found: { services: await ownersOf(context, images), buildCache }, failure: null };
  } catch (failure) {
    if (signal.aborted || !isAppError(failure)) throw failure;
    return { found: { services: [], buildCache: null }, failure };
  }
}

/** Images of services that no row knows are strays: they are named, and removed when somebody says so. */
async function ownersOf({ db }: WorkerContext, images: Awaited<ReturnType<typeof listServiceImages>>) {
  if (images.size === 0) return [];
  const owners = await db
    .select({ id: services.id, name: services.name })
    .from(services)
    .where(inArray(services.id, [...images.keys()]))
    .orderBy(services.name, services.id);
  const uses = Map.groupBy(await loadImageUses(db, null), (use) => use.serviceId);
  return owners.map(({ id, name }) => ({ id, name, images: images.get(id) ?? [], uses: uses.get(id) ?? [] }));
}

async function measureLogs({ db, config, clock }: WorkerContext): Promise<CleanupWorld["logs"]> {
  const [expired] = await db
    .select({ lines: sum(logChunks.lineCount), bytes: sum(logChunks.bytes) })
    .from(logChunks)
    .where(lt(logChunks.at, logsExpireAt(config, clock.now())));
  return { lines: Number(expired?.lines ?? 0), sizeBytes: Number(expired?.bytes ?? 0) };
}
