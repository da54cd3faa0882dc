import { imageReference, label } from "@/domain/naming";
import type { ServiceImage } from "@/domain/retention";
import type { WorkerContext } from "@/server/context";
import type { ListedImage } from "@/server/ports";

/**
 * The images that this instance built, by service. What somebody built on one of them inherits its labels: only those
 * under our own names count, and those without a name. Throws engine_unavailable.
 */
export async function listServiceImages(
  { engine, config }: Pick<WorkerContext, "engine" | "config">,
  serviceId: string | null,
  ownBytes: Map<string, number> = new Map(),
): Promise<Map<string, ServiceImage[]>> {
  const found = await engine.listImages({
    [label.managed]: "true",
    [label.instance]: config.instanceId,
    ...(serviceId !== null && { [label.service]: serviceId }),
  });
  const ours = found.filter(isOurs);
  const byService = Map.groupBy(ours, ({ labels }) => labels[label.service] ?? "");
  const toImage = ({ id, reference, labels, sizeBytes }: ListedImage): ServiceImage => ({
    reference,
    builtById: labels[label.release] ?? null,
    sizeBytes,
    ownBytes: ownBytes.get(id) ?? null,
  });
  return new Map([...byService].map(([service, images]) => [service, images.map(toImage)]));
}

/** Whether its name is one that only this platform gives. */
export function isOurs({ id, reference, labels }: ListedImage): boolean {
  const serviceId = labels[label.service];
  if (serviceId === undefined) return false;
  return reference === id || reference.startsWith(imageReference(serviceId, ""));
}
