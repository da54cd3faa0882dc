import { and, eq, ne } from "drizzle-orm";
import { label, networkName } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { deployments, environments, leases, logChunks, logSources, projects, services } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import { removeCheckout } from "@/server/services/deployment-run/checkout";
import { serviceLeaseKey } from "@/server/services/lease/lease";
import type { Lease } from "@/server/services/lease/with-lease";
import { isOurs } from "@/server/services/retention/list-service-images";
import type { ServiceRow } from "./converge-service";

/** Removes everything a service ever made, then its rows. Throws what the Engine throws, LeaseLost. */
export async function removeService(context: WorkerContext, lease: Lease, service: ServiceRow): Promise<void> {
  await lease.confirm();
  await context.edge.unpublish(service.id);
  await removeContainers(context, service.id);
  await removeImages(context, service.id);
  const rows = await context.db
    .select({ id: deployments.id })
    .from(deployments)
    .where(eq(deployments.serviceId, service.id));
  for (const { id } of rows) await removeCheckout(context.config, id);
  lease.signal.throwIfAborted();
  await context.db.transaction((tx) => removeRows(context, tx, service));
}

async function removeContainers({ engine, config }: WorkerContext, serviceId: string): Promise<void> {
  const containers = await engine.listContainers({ [label.instance]: config.instanceId, [label.service]: serviceId });
  await Promise.all(
    containers.map(async ({ name }) => {
      await engine.stopContainer(name, config.deploy.stopGraceSeconds);
      await engine.removeContainer(name);
    }),
  );
}

async function removeImages({ engine, config }: WorkerContext, serviceId: string): Promise<void> {
  const images = await engine.listImages({ [label.instance]: config.instanceId, [label.service]: serviceId });
  for (const { reference } of images.filter(isOurs)) await engine.removeImage(reference);
}

async function removeRows({ engine }: WorkerContext, tx: Tx, service: ServiceRow): Promise<void> {
  const { id, projectId, environmentId } = service;
  await tx.delete(logChunks).where(eq(logChunks.serviceId, id));
  await tx.delete(logSources).where(eq(logSources.serviceId, id));
  // Who makes a service in this environment waits for this lock, so that nobody needs the network while it goes.
  await tx.select().from(environments).where(eq(environments.id, environmentId)).for("update");
  const [other] = await tx
    .select({ id: services.id })
    .from(services)
    .where(and(eq(services.environmentId, environmentId), ne(services.id, id)))
    .limit(1);
  if (!other) await engine.removeNetwork(networkName(environmentId));
  await tx.delete(services).where(eq(services.id, id));
  await tx.delete(leases).where(eq(leases.key, serviceLeaseKey(id)));
  const [project] = await tx.select().from(projects).where(eq(projects.id, projectId));
  if (project?.deletingAt) await enqueue(tx, "project.remove", { projectId });
  await notify(tx, { type: "service", projectId, serviceId: id });
}
