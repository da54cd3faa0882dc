import type { ReplicaSight } from "@/domain/deployment/decision";
import type { Engine } from "@/server/ports";

/**
 * Has the Engine start these again whenever they end by themselves. A release is not supervised before it was found
 * healthy: what ends at its first start stays down, with the exit code that its owner is to be told. Throws what the
 * Engine throws.
 */
export async function superviseReplicas(engine: Engine, replicas: ReplicaSight[]): Promise<void> {
  const alone = replicas.filter(({ state }) => state !== null && !state.supervised);
  await Promise.all(alone.map(({ name }) => engine.superviseContainer(name)));
}
