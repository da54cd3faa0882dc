import { readdir } from "node:fs/promises";
import { eq, inArray, sql } from "drizzle-orm";
import {
  cleanupItems,
  cleanups,
  environments,
  instances,
  leases,
  phases,
  projects,
  serviceEvents,
  strays,
} from "@/server/db/schema";
import type { World } from "./worker-world";

/**
 * Everything that a worker leaves behind, in the tables and in the world, without times and with ids replaced by what
 * they stand for: two runs that did the same give equal states.
 */
export async function worldState(world: World) {
  const { db, engine, edge, config, service, project, environment } = world;
  const rows = await world.deployments();
  const names = new Map<string, string>([
    [service.id, "the service"],
    [environment.id, "the environment"],
    ...rows.map((row): [string, string] => [row.id, `#${row.number}`]),
    ...rows.flatMap((row): [string, string][] => (row.buildKey ? [[row.buildKey, `content of #${row.number}`]] : [])),
  ]);
  const readable = (text: string) => {
    let result = text;
    for (const [id, name] of names) result = result.replaceAll(id, name).replaceAll(id.replace("_", "-"), name);
    return result;
  };
  const serviceRow = await world.serviceRow();
  const route = edge.published.get(service.id);
  const seen = await db.select().from(instances).where(eq(instances.serviceId, service.id));
  const history = await db.select().from(serviceEvents).where(eq(serviceEvents.serviceId, service.id));
  const cleaned = await db.select().from(cleanups);
  const items = await db.select().from(cleanupItems);
  const ids = rows.map((row) => row.id);
  const phaseRows = ids.length > 0 ? await db.select().from(phases).where(inArray(phases.deploymentId, ids)) : [];
  return {
    deployments: rows.map((row) => ({
      number: row.number,
      status: row.status,
      release: readable(row.releaseId),
      image: row.imageReference && readable(row.imageReference),
      buildSkipped: row.buildSkipped,
      error: row.error?.code ?? null,
      warm: row.warmUntil !== null,
      drained: row.drainedAt !== null,
      phases: phaseRows
        .filter((phase) => phase.deploymentId === row.id)
        .map(({ phase, outcome, note, finishedAt }) => `${phase} ${outcome} ${note} ${finishedAt !== null}`)
        .sort(),
    })),
    service: serviceRow && {
      live: serviceRow.liveDeploymentId && readable(serviceRow.liveDeploymentId),
      desiredState: serviceRow.desiredState,
    },
    environments: (await db.select().from(environments).where(eq(environments.projectId, project.id))).length,
    projects: (await db.select().from(projects).where(eq(projects.id, project.id))).length,
    instances: seen.map((row) => readable(`${row.name} ${row.status}`)).sort(),
    cleanups: cleaned.map((one) => `${one.mode} ${one.status}`),
    cleaned: items.map((one) => readable(`${one.kind} ${one.name} ${one.verdict} ${one.reason} ${one.outcome}`)).sort(),
    strays: (await db.select().from(strays)).map((one) => one.name),
    cache: engine.buildCache.totalBytes,
    history: history.map((event) => event.kind).sort(),
    containers: [...engine.containers.values()].map(({ state }) => readable(`${state.name} ${state.status}`)).sort(),
    unsupervised: [...engine.containers.values()].filter(({ state }) => !state.supervised).length,
    images: engine.images.references.map(readable).sort(),
    networks: engine.networks.names.map(readable).sort(),
    route: route && {
      release: route.releaseId && readable(route.releaseId),
      state: route.state,
      endpoints: route.endpoints.length,
    },
    checkouts: await readdir(config.buildsDir).catch(() => []),
    heldLeases: (await db.select().from(leases).where(sql`${leases.expiresAt} > clock_timestamp()`)).map((one) =>
      readable(one.key),
    ),
  };
}
