import { and, eq, inArray, lt } from "drizzle-orm";
import {
  addressOf,
  compareInstances,
  type InstanceChanges,
  type InstanceFacts,
  servicesToConverge,
} from "@/domain/instance-changes";
import { label } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import { deployments, instances, services } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import type { ContainerState } from "@/server/ports";
import { writeInstances } from "./write-instances";

/**
 * Looks at the containers of one service, or of all (`null`), and writes down what changed; a live release that does not
 * run as it should is brought back. Throws engine_unavailable.
 */
export async function lookAtInstances(context: WorkerContext, serviceId: string | null): Promise<void> {
  const { db, engine, config, clock } = context;
  const begun = clock.now();
  const states = await engine.listContainers({
    [label.managed]: "true",
    [label.instance]: config.instanceId,
    ...(serviceId !== null && { [label.service]: serviceId }),
  });
  const scope = serviceId === null ? undefined : eq(services.id, serviceId);
  const known = await db
    .select({
      serviceId: services.id,
      projectId: services.projectId,
      desiredState: services.desiredState,
      releaseId: deployments.releaseId,
      snapshot: deployments.snapshot,
    })
    .from(services)
    .leftJoin(deployments, eq(deployments.id, services.liveDeploymentId))
    .where(scope);
  const kept = await db
    .select()
    .from(instances)
    .where(serviceId === null ? undefined : eq(instances.serviceId, serviceId));

  const projectOf = new Map(known.map((one) => [one.serviceId, one.projectId]));
  const seen = states.map(factsOf).filter((facts) => projectOf.has(facts.serviceId));
  const changes = compareInstances(kept, seen);
  await writeChanges(context, changes, begun, projectOf);

  const live = known.flatMap(({ serviceId: id, desiredState, releaseId, snapshot }) =>
    desiredState === "running" && releaseId !== null && snapshot !== null
      ? [{ serviceId: id, releaseId, replicas: snapshot.runtime.replicas }]
      : [],
  );
  for (const id of servicesToConverge(live, seen, changes)) await enqueue(db, "service.converge", { serviceId: id });
}

function factsOf(state: ContainerState): InstanceFacts {
  const { name, labels, status, exitCode, outOfMemory, restartCount, startedAt, endpoint } = state;
  return {
    name,
    serviceId: labels[label.service] ?? "",
    releaseId: labels[label.release] ?? "",
    replica: Number(labels[label.replica] ?? 0),
    ...{ status, exitCode, outOfMemory, restartCount, startedAt },
    address: endpoint && addressOf(endpoint),
  };
}

async function writeChanges(
  { db }: WorkerContext,
  { changed, gone }: InstanceChanges,
  begun: Date,
  projectOf: Map<string, string>,
): Promise<void> {
  if (changed.length === 0 && gone.length === 0) return;
  await db.transaction(async (tx) => {
    await writeInstances(
      tx,
      changed.map((facts) => ({ ...facts, observedAt: begun })),
    );
    const names = gone.map((facts) => facts.name);
    // One that was written down since the look began was not there yet when it was looked for.
    if (names.length > 0)
      await tx.delete(instances).where(and(inArray(instances.name, names), lt(instances.observedAt, begun)));
    for (const serviceId of new Set([...changed, ...gone].map((facts) => facts.serviceId))) {
      const projectId = projectOf.get(serviceId);
      if (projectId !== undefined) await notify(tx, { type: "service", projectId, serviceId });
    }
  });
}
