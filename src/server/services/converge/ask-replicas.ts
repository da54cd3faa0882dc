import type { ReplicaSight } from "@/domain/deployment/decision";
import type { Endpoint, ServiceSnapshot } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";

const probeTimeoutMs = 2_000;

export type Answers = {
  /** Of the replicas that answer, in order. */
  answering: Endpoint[];
  /** Of those that run, whether they answer or not. */
  running: Endpoint[];
};

/** Asks every replica that runs whether it is healthy. */
export async function askReplicas(
  { prober }: Pick<WorkerContext, "prober">,
  replicas: ReplicaSight[],
  { runtime, hosts }: ServiceSnapshot,
  signal: AbortSignal,
): Promise<Answers> {
  const running = replicas.flatMap(({ state }): Endpoint[] => (state?.endpoint ? [state.endpoint] : []));
  const probes = await Promise.all(
    running.map((endpoint) => prober.probe(endpoint, runtime.healthPath, probeTimeoutMs, signal, hosts[0])),
  );
  return { running, answering: running.filter((_, place) => probes[place]?.ok) };
}
