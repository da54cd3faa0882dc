import type { ReplicaSight } from "@/domain/deployment/decision";
import type { Endpoint, ServiceSnapshot } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";

/** At most: a replica that is slow to answer keeps the others' route waiting. */
const longestAnswerMs = 2_000;

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
  const { check, timeoutMs } = runtime.health;
  const running = replicas.flatMap(({ state }) => (state?.endpoint ? [{ ...state, endpoint: state.endpoint }] : []));
  const answers = await Promise.all(
    running.map(async ({ endpoint, health }) => {
      if (check.type === "image") return health?.status === "healthy";
      const limitMs = Math.min(timeoutMs, longestAnswerMs);
      return (await prober.probe(endpoint, check, limitMs, signal, hosts[0])).ok;
    }),
  );
  const endpoints = running.map(({ endpoint }) => endpoint);
  return { running: endpoints, answering: endpoints.filter((_, place) => answers[place]) };
}
