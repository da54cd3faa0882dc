import { setTimeout as sleep } from "node:timers/promises";
import { healthWaitMs } from "@/domain/deployment/decide-release";
import type { ReplicaSight } from "@/domain/deployment/decision";
import { releaseRoute } from "@/domain/plan/service-route";
import type { Endpoint } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";
import { notify } from "@/server/events";
import { type LoadedDeployment, loadDeployment } from "@/server/services/deployment-run/loaded-deployment";
import { lookAtReplicas } from "@/server/services/deployment-run/look-at-replicas";
import { startReplicas } from "@/server/services/deployment-run/start-replicas";
import { superviseReplicas } from "@/server/services/deployment-run/supervise-replicas";
import { recordLiveInstances } from "@/server/services/instance/record-live-instances";
import type { Lease } from "@/server/services/lease/with-lease";
import { type Answers, askReplicas } from "./ask-replicas";
import type { ServiceRow } from "./converge-service";
import { mustGiveWay } from "./must-give-way";
import { publishRoute } from "./publish-route";

/**
 * Makes the live release run as it should: every replica is there, and the route names those that answer, as soon as they
 * do. One that runs and does not become healthy in time gets its requests all the same: it was live once, and only its
 * owner can say better. Gives way to a deployment that waits. Throws what the Engine throws, LeaseLost.
 */
export async function keepRunning(context: WorkerContext, lease: Lease, service: ServiceRow): Promise<void> {
  const { db, clock, config, log } = context;
  const live = service.liveDeploymentId ? await loadDeployment(context, service.liveDeploymentId) : null;
  if (!live) return;
  const begun = clock.now().getTime();
  const deadline = begun + config.deploy.healthTimeoutMs;
  const first = await look(context, lease, live);
  await publish(context, lease, live, first.answering);
  if (first.answering.length < live.row.snapshot.runtime.replicas) {
    const { answering, down } = first;
    log.info(
      { serviceId: service.id, releaseId: live.row.releaseId, answering: answering.length, down },
      "bringing a live release back",
    );
    await startReplicas(context, live, lease.signal, down);
    await awaitAnswers(context, lease, live, deadline);
    log.info({ serviceId: service.id, waitedMs: clock.now().getTime() - begun }, "brought a live release back");
  }
  await notify(db, { type: "service", projectId: service.projectId, serviceId: service.id });
}

/** Until every replica that runs answers. What is down is not waited for: its next start is an event of its own. */
async function awaitAnswers(context: WorkerContext, lease: Lease, live: LoadedDeployment, deadline: number) {
  const begun = context.clock.now().getTime();
  let published = "";
  for (;;) {
    const now = context.clock.now().getTime();
    const seen = await look(context, lease, live);
    const endpoints = now >= deadline ? seen.running : seen.answering;
    if (published !== JSON.stringify(endpoints)) await publish(context, lease, live, endpoints);
    published = JSON.stringify(endpoints);
    if (endpoints.length === seen.running.length || (await mustGiveWay(context, live.service.id))) return;
    await sleep(healthWaitMs(now - begun), undefined, { signal: lease.signal });
  }
}

/** One that the Engine is about to start again is not down: its pauses grow, which starting it at once would undo. */
function isDown({ state }: ReplicaSight): boolean {
  return state === null || state.status === "created" || state.status === "exited" || state.status === "dead";
}

async function look(
  context: WorkerContext,
  lease: Lease,
  { row }: LoadedDeployment,
): Promise<Answers & { down: string[] }> {
  const replicas = await lookAtReplicas(context, row.releaseId, row.snapshot.runtime.replicas);
  // One that was made anew is not yet.
  await superviseReplicas(context.engine, replicas);
  await recordLiveInstances(context.db, row, replicas, context.clock.now());
  const answers = await askReplicas(context, replicas, row.snapshot, lease.signal);
  return { ...answers, down: replicas.filter(isDown).map((replica) => replica.name) };
}

async function publish(context: WorkerContext, lease: Lease, { row }: LoadedDeployment, endpoints: Endpoint[]) {
  const { serviceId, releaseId, snapshot } = row;
  await publishRoute(context, lease, releaseRoute({ serviceId, releaseId, hosts: snapshot.hosts }, endpoints));
}
