import type { ReplicaSight, RunningStatus, Sight } from "@/domain/deployment/decision";
import { effectivePort } from "@/domain/plan/effective-port";
import type { WorkerContext } from "@/server/context";
import type { LoadedDeployment } from "./loaded-deployment";
import { lookAtReplicas } from "./look-at-replicas";
import { probeReplica, type Tallies } from "./probe-replica";
import { readLastLines } from "./read-last-lines";
import { skippedBuildNote } from "./skipped-build-note";

/** What this worker knows beside the row: nothing of it has to outlive it. */
export type Memory = {
  hasBuildSlot: boolean;
  routeConfirmed: boolean;
  tallies: Tallies;
};

/**
 * Looks at the world as far as the status asks for it. `isLate`: the phase's time is over, so that the answer may be what
 * a person is told. Throws engine_unavailable.
 */
export async function observe(
  context: WorkerContext,
  status: RunningStatus,
  loaded: LoadedDeployment,
  memory: Memory,
  isLate: boolean,
  signal: AbortSignal,
): Promise<Sight> {
  const { row, environment, secrets } = loaded;
  const { hasBuildSlot } = memory;
  const { replicas: count } = row.snapshot.runtime;
  switch (status) {
    case "queued":
      return { status, hasBuildSlot };
    case "fetching": {
      const resolved = row.snapshot.source.type === "git" ? row.buildKey !== null : row.imageId !== null;
      return { status, hasBuildSlot, resolved, planned: row.plan !== null };
    }
    case "building": {
      const built = row.imageId !== null;
      return { status, hasBuildSlot, built, skippedBecause: built ? await skippedBuildNote(context.db, row) : null };
    }
    case "releasing": {
      const [image, replicas] = await Promise.all([
        row.imageId === null ? null : context.engine.findImage(row.imageId),
        lookAtReplicas(context, row.releaseId, count),
      ]);
      return { status, imagePresent: image !== null, replicas };
    }
    case "verifying": {
      const port = effectivePort(row.snapshot.runtime, environment, row.plan);
      const replicas = await lookAtReplicas(context, row.releaseId, count);
      const probed = replicas.map((replica) => probeReplica(context, replica, loaded, memory.tallies, isLate, signal));
      return { status, port, replicas: await withLastLines(context, await Promise.all(probed), secrets, signal) };
    }
    case "routing": {
      const replicas = await lookAtReplicas(context, row.releaseId, count);
      const seen = await withLastLines(context, replicas, secrets, signal);
      return { status, replicas: seen, confirmed: memory.routeConfirmed };
    }
  }
}

/** Reads what those that do not run printed last: it is part of the error a person sees. */
async function withLastLines<R extends ReplicaSight>(
  { engine }: WorkerContext,
  replicas: R[],
  secrets: string[],
  signal: AbortSignal,
): Promise<R[]> {
  return Promise.all(
    replicas.map(async (replica) => {
      const { state } = replica;
      if (!state || state.status === "created" || (state.status === "running" && state.restartCount === 0))
        return replica;
      return { ...replica, lastLines: await readLastLines(engine, replica.name, secrets, signal) };
    }),
  );
}
