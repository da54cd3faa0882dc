import { isAppError } from "@/domain/errors";
import { label } from "@/domain/naming";
import { createIptables } from "@/server/adapters/firewall/iptables";
import type { Engine } from "@/server/ports";

/** Removes every container, network and image with these labels, and the instance's rules of the firewall. */
export async function removeLabelled(engine: Engine, labels: Record<string, string>): Promise<void> {
  for (const container of await engine.listContainers(labels)) await engine.removeContainer(container.name);
  for (const network of await engine.listNetworks(labels)) await engine.removeNetwork(network.name);
  for (const image of await engine.listImages(labels)) await engine.removeImage(image.reference);
  const instanceId = labels[label.instance];
  if (instanceId === undefined) return;
  await createIptables()
    .clear(instanceId)
    .catch((error: unknown) => {
      // Where the rules cannot be taken away, they could not be set either.
      if (!isAppError(error, "firewall_unavailable")) throw error;
    });
}
