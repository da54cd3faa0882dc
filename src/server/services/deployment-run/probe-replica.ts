import type { Listener, ProbedReplica, ReplicaSight } from "@/domain/deployment/decision";
import type { EngineHealth } from "@/domain/health/engine-health";
import { isToBeAsked, type Tally, tally } from "@/domain/health/tally";
import { createScrubber } from "@/domain/log-scrubber";
import type { WorkerContext } from "@/server/context";
import type { LoadedDeployment } from "./loaded-deployment";

/** Answers so far, by the start of a container. */
export type Tallies = Map<string, Tally>;

/** Where applications listen that were not told otherwise. */
const usualPorts = [3000, 8080, 8000, 80, 5000, 4000, 3001, 4321, 5173, 8081, 8888, 9000, 1337, 1313];

/** Asks a replica by its service's check, where it is time to. `isLate`: and, if it is not well, where it listens. */
export async function probeReplica(
  context: WorkerContext,
  replica: ReplicaSight,
  { row, secrets }: LoadedDeployment,
  tallies: Tallies,
  isLate: boolean,
  signal: AbortSignal,
): Promise<ProbedReplica> {
  const { state } = replica;
  if (!state?.endpoint) return { ...replica, probe: null, successes: 0, asked: 0, listeners: null };
  const { hosts, runtime } = row.snapshot;
  const { check, timeoutMs, intervalMs } = runtime.health;
  const start = `${state.containerId} ${state.startedAt?.getTime()}`;
  const before = tallies.get(start);
  if (check.type === "image") {
    const now = tallyOfEngine(before, state.health);
    if (now) tallies.set(start, now);
    return { ...replica, ...byEngine(state.health, secrets), asked: now?.asked ?? 0, listeners: null };
  }
  if (before && !isToBeAsked(before, context.clock.now(), intervalMs)) {
    const { asked, successes } = before;
    return { ...replica, probe: { ok: true }, successes, asked, listeners: null };
  }
  const answer = await context.prober.probe(state.endpoint, check, timeoutMs, signal, hosts[0]);
  const now = tally(before, answer.ok, context.clock.now());
  tallies.set(start, now);
  const result = answer.ok ? answer : { ...answer, ...scrubbed(answer.body, secrets) };
  const { host } = state.endpoint;
  const listeners = result.ok || !isLate ? null : await findListeners(context, replica.name, host, signal);
  return { ...replica, probe: result, successes: now.successes, asked: now.asked, listeners };
}

/** One more where the HEALTHCHECK ran again. */
function tallyOfEngine(before: Tally | undefined, health: EngineHealth | null): Tally | undefined {
  if (!health?.ranAt || health.ranAt.getTime() === before?.askedAt.getTime()) return before;
  return tally(before, health.output === null, health.ranAt);
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
