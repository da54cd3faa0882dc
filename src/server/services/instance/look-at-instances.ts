import { and, eq, inArray, lt, sql } from "drizzle-orm";
import {
  compareInstances,
  type InstanceChanges,
  type InstanceFacts,
  type LiveRelease,
  servicesToConverge,
} from "@/domain/instance-changes";
import { label } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { deployments, instances, services } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import { factsOf } from "./facts-of";
import { recordHistory } from "./record-history";
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
      replicas: sql<number | null>`(${deployments.snapshot} -> 'runtime' ->> 'replicas')::int`,
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
  const live = known.flatMap(({ serviceId: id, desiredState, releaseId, replicas }) =>
    desiredState === "running" && releaseId !== null && replicas !== null
      ? [{ serviceId: id, releaseId, replicas }]
      : [],
  );
  const toConverge = servicesToConverge(live, seen, changes);
  await writeChanges(context, changes, { kept, live, begun, projectOf, toConverge });
}

type Look = {
  kept: KeptInstance[];
  live: LiveRelease[];
  begun: Date;
  projectOf: Map<string, string>;
  toConverge: string[];
};
type KeptInstance = typeof instances.$inferSelect;

/** In one transaction: a change that is written down is seen no second time, so who is to act on it must be told with it. */
async function writeChanges({ db }: WorkerContext, changes: InstanceChanges, look: Look): Promise<void> {
  const { begun, projectOf, toConverge } = look;
  const { changed, gone } = changes;
  if (changed.length === 0 && gone.length === 0 && toConverge.length === 0) return;
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
      if (projectId === undefined) continue;
      await recordLiveHistory(tx, { serviceId, projectId }, changes, look);
      await notify(tx, { type: "service", projectId, serviceId });
    }
    for (const serviceId of toConverge) await enqueue(tx, "service.converge", { serviceId });
  });
}

/** Only what answers for a service belongs to its history: the ends of other releases are the platform's own doing. */
async function recordLiveHistory(
  tx: Tx,
  service: { serviceId: string; projectId: string },
  { changed, gone }: InstanceChanges,
  { kept, live, begun }: Look,
): Promise<void> {
  const releaseId = live.find((one) => one.serviceId === service.serviceId)?.releaseId;
  if (releaseId === undefined) return;
  const touched = new Set([...changed, ...gone].map((one) => one.name));
  const newer = new Set(kept.filter((one) => one.observedAt >= begun).map((one) => one.name));
  const counts = (one: InstanceFacts) => one.releaseId === releaseId && touched.has(one.name) && !newer.has(one.name);
  await recordHistory(tx, service, kept.filter(counts), changed.filter(counts), begun);
}
