import type { Step } from "@/domain/deployment/decision";
import type { WorkerContext } from "@/server/context";
import type { LineSink } from "@/server/ports";
import type { Lease } from "@/server/services/lease/with-lease";
import { buildImage } from "./build-image";
import { ensureEnvironmentNetwork } from "./ensure-environment-network";
import type { DeploymentRow, LoadedDeployment } from "./loaded-deployment";
import { planBuild } from "./plan-build";
import { publishRelease } from "./publish-release";
import { resolveSource } from "./resolve-source";
import { startReplicas } from "./start-replicas";

/** Does one step; every one of them may be done twice. Returns what is to be written down, as far as anything is. */
export async function performStep(
  context: WorkerContext,
  lease: Lease,
  step: Step,
  loaded: LoadedDeployment,
  onLine: LineSink,
  signal: AbortSignal,
): Promise<Partial<DeploymentRow> | null> {
  switch (step) {
    case "resolve":
      return resolveSource(context, loaded, onLine, signal);
    case "plan":
      return planBuild(context, loaded, signal);
    case "build":
      // A network carries no fencing number: a worker that lost its lease must not make one.
      await lease.confirm();
      return buildBesideNetwork(context, loaded, onLine, signal);
    case "start":
      // Containers carry no fencing number: a worker that lost its lease must not start any.
      await lease.confirm();
      await startReplicas(context, loaded, signal);
      return null;
    case "publish":
      await publishRelease(context, lease, loaded.row, signal);
      return null;
  }
}

/**
 * An environment's first deployment has its network made while it builds. Where that fails, the start of the replicas,
 * which makes sure of the network too, says so.
 */
async function buildBesideNetwork(
  context: WorkerContext,
  loaded: LoadedDeployment,
  onLine: LineSink,
  signal: AbortSignal,
): Promise<Partial<DeploymentRow>> {
  const { service, subnetIndex } = loaded;
  const network = ensureEnvironmentNetwork(context, { id: service.environmentId, subnetIndex }).catch(() => undefined);
  try {
    return await buildImage(context, loaded, onLine, signal);
  } finally {
    await network;
  }
}
