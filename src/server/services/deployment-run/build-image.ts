import { AppError } from "@/domain/errors";
import { imageReference, label } from "@/domain/naming";
import { buildArguments } from "@/domain/plan/build-identity";
import { generatedDockerfilePath } from "@/domain/plan/generated-dockerfile-path";
import { withImageFacts } from "@/domain/plan/image-plan";
import type { WorkerContext } from "@/server/context";
import type { BuildRequest, BuiltImage, ImageInfo, LineSink } from "@/server/ports";
import { whileDisksAreLookedAt } from "@/server/services/disk/refuse-on-full-disk";
import { ensureCheckout } from "./checkout";
import type { DeploymentRow, LoadedDeployment } from "./loaded-deployment";
import { withLastLines } from "./with-last-lines";

/**
 * Makes sure that there is an image of the build key. One of equal content is used as it is; one that this very
 * deployment built before its worker died is its own. Throws what the Engine throws, disk_full, and image_gone.
 */
export async function buildImage(
  context: WorkerContext,
  loaded: LoadedDeployment,
  onLine: LineSink,
  signal: AbortSignal,
): Promise<Partial<DeploymentRow>> {
  const { row } = loaded;
  if (row.buildKey === null || row.plan === null) throw new AppError("image_gone");
  const reference = imageReference(row.serviceId, row.buildKey);
  const present = await context.engine.findImage(reference);
  const image: ImageInfo & Partial<BuiltImage> = present ?? (await build(context, loaded, reference, onLine, signal));
  return {
    imageReference: reference,
    imageId: image.id,
    imageSizeBytes: image.sizeBytes,
    buildSkipped: image.labels[label.release] === row.id ? null : "content",
    ...(image.steps && { buildSteps: image.steps.total, cachedBuildSteps: image.steps.cached }),
    plan: withImageFacts(row.plan, image),
  };
}

async function build(
  context: WorkerContext,
  loaded: LoadedDeployment,
  reference: string,
  onLine: LineSink,
  signal: AbortSignal,
): Promise<BuiltImage> {
  const { engine, config } = context;
  const { row, service } = loaded;
  const checkout = ensureCheckout(context, loaded, signal);
  const { contextDirectory, plan, files } = await whileDisksAreLookedAt(context, checkout);
  const request: BuildRequest = {
    contextDirectory,
    files,
    dockerfilePath: plan.dockerfilePath ?? generatedDockerfilePath,
    reference,
    labels: {
      [label.managed]: "true",
      [label.instance]: config.instanceId,
      [label.environment]: service.environmentId,
      [label.service]: service.id,
      [label.release]: row.id,
      [label.build]: row.buildKey ?? "",
    },
    buildArgs: {
      ...buildArguments(loaded.environment),
      // BuildKit shares cache mounts among all builds of an Engine, by path: the builds of each service get their own.
      BUILDKIT_CACHE_MOUNT_NS: service.id,
    },
    memoryMib: config.limits.buildMemoryMib,
    cpuMillis: config.limits.buildCpuMillis,
  };
  return withLastLines(loaded.secrets, onLine, (sink) => engine.buildImage(request, sink, signal));
}
