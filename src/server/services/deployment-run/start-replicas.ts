import { AppError } from "@/domain/errors";
import { containerSpec } from "@/domain/plan/container";
import type { WorkerContext } from "@/server/context";
import { ensureEnvironmentNetwork } from "./ensure-environment-network";
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
  const { service, subnetIndex } = loaded;
  await ensureEnvironmentNetwork(context, { id: service.environmentId, subnetIndex });
  const specs = Array.from({ length: release.snapshot.runtime.replicas }, (_, replica) =>
    containerSpec(release, replica),
  );
  const wanted = specs.filter((spec) => names === null || names.includes(spec.name));
  await Promise.all(wanted.map((spec) => engine.ensureContainer(spec, signal)));
}
