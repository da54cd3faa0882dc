import type { ReplicaSight } from "@/domain/deployment/decision";
import { label } from "@/domain/naming";
import { replicaNames } from "@/domain/plan/container";
import type { WorkerContext } from "@/server/context";

/** What there is of a release's containers, in the order of its replicas. Throws engine_unavailable. */
export async function lookAtReplicas(
  { engine, config }: Pick<WorkerContext, "engine" | "config">,
  releaseId: string,
  replicas: number,
): Promise<ReplicaSight[]> {
  const containers = await engine.listContainers({
    [label.instance]: config.instanceId,
    [label.release]: releaseId,
  });
  const byName = new Map(containers.map((container) => [container.name, container]));
  return replicaNames(releaseId, replicas).map((name) => ({ name, state: byName.get(name) ?? null, lastLines: [] }));
}
