import type { Listener, ProbedReplica, ReplicaSight, RunningStatus, Sight } from "@/domain/deployment/decision";
import type { EngineHealth } from "@/domain/health/engine-health";
import { type Tally, tally } from "@/domain/health/tally";
import { createScrubber } from "@/domain/log-scrubber";
import { effectivePort } from "@/domain/plan/effective-port";
import type { WorkerContext } from "@/server/context";
import type { LoadedDeployment } from "./loaded-deployment";
import { lookAtReplicas } from "./look-at-replicas";
import { readLastLines } from "./read-last-lines";
import { skippedBuildNote } from "./skipped-build-note";

/** What this worker knows beside the row: nothing of it has to outlive it. */
export type Memory = {
  hasBuildSlot: boolean;
  routeConfirmed: boolean;
  /** Good answers, by container. */
  tallies: Map<string, Tally>;
};

/** Where applications listen that were not told otherwise. */
const usualPorts = [3000, 8080, 8000, 80, 5000, 4000, 3001, 4321, 5173, 8081, 8888, 9000, 1337, 1313];

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
      const probed = replicas.map((replica) => probe(context, replica, loaded, memory, isLate, signal));
      return { status, port, replicas: await withLastLines(context, await Promise.all(probed), secrets, signal) };
    }
    case "routing": {
      const replicas = await lookAtReplicas(context, row.releaseId, count);
      const seen = await withLastLines(context, replicas, secrets, signal);
      return { status, replicas: seen, confirmed: memory.routeConfirmed };
    }
  }
}

async function probe(
  context: WorkerContext,
  replica: ReplicaSight,
  { row, secrets }: LoadedDeployment,
  { tallies }: Memory,
  isLate: boolean,
  signal: AbortSignal,
): Promise<ProbedReplica> {
  const { state } = replica;
  if (!state?.endpoint) return { ...replica, probe: null, successes: 0, listeners: null };
  const { hosts, runtime } = row.snapshot;
  const { check, timeoutMs, intervalMs } = runtime.health;
  if (check.type === "image") return { ...replica, ...byEngine(state.health, secrets), listeners: null };
  const before = tallies.get(state.containerId);
  if (before && before.askAgainAt > context.clock.now()) {
    return { ...replica, probe: { ok: true }, successes: before.successes, listeners: null };
  }
  const answer = await context.prober.probe(state.endpoint, check, timeoutMs, signal, hosts[0]);
  const now = tally(before, answer.ok, context.clock.now(), intervalMs);
  tallies.set(state.containerId, now);
  const result = answer.ok ? answer : { ...answer, ...scrubbed(answer.body, secrets) };
  const { host } = state.endpoint;
  const listeners = result.ok || !isLate ? null : await findListeners(context, replica.name, host, signal);
  return { ...replica, probe: result, successes: now.successes, listeners };
}

/** What the Engine found by the image's HEALTHCHECK, which may print what the application was given. */
function byEngine(health: EngineHealth | null, secrets: string[]): Pick<ProbedReplica, "probe" | "successes"> {
  if (health?.status === "healthy") return { probe: { ok: true }, successes: health.successes };
  const output = scrubbed(health?.output ?? undefined, secrets);
  return { probe: { ok: false, reason: "healthcheck", ...output }, successes: 0 };
}

/** As the Engine tells it; where it cannot, which of the usual ports are open. */
async function findListeners(
  { engine, prober }: WorkerContext,
  container: string,
  host: string,
  signal: AbortSignal,
): Promise<Listener[] | null> {
  const listeners = await engine.listListeners(container);
  if (listeners) return listeners;
  const open = await prober.openPorts(host, usualPorts, signal);
  return open.length > 0 ? open.map((port) => ({ address: host, port })) : null;
}

/** An error page may show what the application was given. */
function scrubbed(body: string | undefined, secrets: string[]): { body?: string } {
  if (body === undefined) return {};
  const scrubber = createScrubber(secrets);
  // Not `end`: the page may have been cut within a secret.
  return { body: scrubber.push(body) };
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
