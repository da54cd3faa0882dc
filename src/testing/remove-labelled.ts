import type { Engine } from "@/server/ports";

/** Removes every container, network and image with these labels. */
export async function removeLabelled(engine: Engine, labels: Record<string, string>): Promise<void> {
  for (const container of await engine.listContainers(labels)) await engine.removeContainer(container.name);
  for (const network of await engine.listNetworks(labels)) await engine.removeNetwork(network.name);
  for (const image of await engine.listImages(labels)) await engine.removeImage(image.reference);
}
