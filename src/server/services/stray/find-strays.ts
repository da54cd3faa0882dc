import { inArray } from "drizzle-orm";
import { label } from "@/domain/naming";
import { findStrays, type Sighting, type Stray } from "@/domain/strays";
import type { WorkerContext } from "@/server/context";
import { deployments, environments, services } from "@/server/db/schema";
import { seeThings } from "./see-things";

/**
 * The things on the Engine that no row knows. Rows come before what they stand for and go after it: what was seen before
 * the rows were read, and is still there, belongs to none. Throws engine_unavailable.
 */
export async function findStraysNow(context: Pick<WorkerContext, "db" | "engine" | "config">): Promise<Stray[]> {
  const suspects = await compareWithRows(context, await seeThings(context));
  if (suspects.length === 0) return [];
  const still = new Set((await seeThings(context)).map(keyOf));
  return suspects.filter((one) => still.has(keyOf(one)));
}

function keyOf({ kind, name }: Sighting): string {
  return `${kind}:${name}`;
}

async function compareWithRows({ db }: Pick<WorkerContext, "db">, seen: Sighting[]): Promise<Stray[]> {
  const ids = (name: string) => [...new Set(seen.flatMap(({ labels }) => labels[name] ?? []))];
  const [serviceIds, environmentIds, releaseIds] = [ids(label.service), ids(label.environment), ids(label.release)];
  const [knownServices, knownEnvironments, knownReleases] = await Promise.all([
    db.select({ id: services.id }).from(services).where(inArray(services.id, serviceIds)),
    db.select({ id: environments.id }).from(environments).where(inArray(environments.id, environmentIds)),
    db.select({ id: deployments.id }).from(deployments).where(inArray(deployments.id, releaseIds)),
  ]);
  return findStrays(seen, {
    serviceIds: new Set(knownServices.map((row) => row.id)),
    environmentIds: new Set(knownEnvironments.map((row) => row.id)),
    releaseIds: new Set(knownReleases.map((row) => row.id)),
  });
}
