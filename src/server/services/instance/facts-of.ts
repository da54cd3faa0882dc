import type { ReplicaSight, ReplicaState } from "@/domain/deployment/decision";
import { addressOf, type InstanceFacts } from "@/domain/instance-changes";
import { label } from "@/domain/naming";
import type { ContainerState } from "@/server/ports";

type Release = { serviceId: string; releaseId: string };

/** What is kept of a container that was seen. */
export function factsOf(state: ContainerState): InstanceFacts {
  const { labels } = state;
  const release = { serviceId: labels[label.service] ?? "", releaseId: labels[label.release] ?? "" };
  return facts(release, state.name, Number(labels[label.replica] ?? 0), state);
}

/** What is kept of a release's replicas, in their order, as far as they are there. */
export function factsOfReplicas(release: Release, replicas: ReplicaSight[]): InstanceFacts[] {
  return replicas.flatMap(({ name, state }, replica) => (state ? [facts(release, name, replica, state)] : []));
}

function facts({ serviceId, releaseId }: Release, name: string, replica: number, state: ReplicaState): InstanceFacts {
  const { containerId, status, exitCode, outOfMemory, restartCount, startedAt, endpoint } = state;
  return {
    ...{ name, serviceId, releaseId, replica, containerId },
    ...{ status, exitCode, outOfMemory, restartCount, startedAt },
    address: endpoint && addressOf(endpoint),
  };
}
