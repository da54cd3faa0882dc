import { AppError } from "@/domain/errors";
import { environmentSubnet, label, networkName } from "@/domain/naming";
import { containerSpec } from "@/domain/plan/container";
import type { NetworkSpec } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";
import { type LoadedDeployment, releaseOf } from "./loaded-deployment";

/**
 * Makes sure that the environment's network is there and every replica of the release runs, or every one that is named.
 * Throws what the Engine throws.
 */
export async function startReplicas(
  context: WorkerContext,
  loaded: LoadedDeployment,
  signal: AbortSignal,
  names: string[] | null = null,
): Promise<void> {
  const { engine, config } = context;
  const release = releaseOf(loaded, config);
  if (!release) throw new AppError("image_gone");
  await engine.ensureNetwork(environmentNetwork(config, loaded));
  const specs = Array.from({ length: release.snapshot.runtime.replicas }, (_, replica) =>
    containerSpec(release, replica),
  );
  const wanted = specs.filter((spec) => names === null || names.includes(spec.name));
  await Promise.all(wanted.map((spec) => engine.ensureContainer(spec, signal)));
}

function environmentNetwork(config: WorkerContext["config"], { service, subnetIndex }: LoadedDeployment): NetworkSpec {
  return {
    name: networkName(service.environmentId),
    subnet: environmentSubnet(config.docker.networkPool, subnetIndex),
    labels: {
      [label.managed]: "true",
      [label.instance]: config.instanceId,
      [label.environment]: service.environmentId,
    },
  };
}
