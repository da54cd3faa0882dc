import { label } from "@/domain/naming";
import type { Sighting, StrayKind } from "@/domain/strays";
import type { WorkerContext } from "@/server/context";
import { isOurs } from "@/server/services/retention/list-service-images";

type SeeContext = Pick<WorkerContext, "engine" | "config">;

/** Everything on the Engine that carries this instance's labels. Throws engine_unavailable. */
export async function seeThings({ engine, config }: SeeContext): Promise<Sighting[]> {
  const own = { [label.managed]: "true", [label.instance]: config.instanceId };
  const [containers, networks, images] = await Promise.all([
    engine.listContainers(own),
    engine.listNetworks(own),
    engine.listImages(own),
  ]);
  return [
    ...containers.map(({ name, labels }) => sighting("container", name, labels)),
    ...networks.map(({ name, labels }) => sighting("network", name, labels)),
    // What somebody built on an image of ours inherits its labels and is theirs.
    ...images.filter(isOurs).map(({ reference, labels, sizeBytes }) => sighting("image", reference, labels, sizeBytes)),
  ];
}

function sighting(kind: StrayKind, name: string, labels: Record<string, string>, sizeBytes: number | null = null) {
  return { kind, name, labels, sizeBytes };
}
