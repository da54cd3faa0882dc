import { sql } from "drizzle-orm";
import type { CleanupWorld } from "@/domain/retention";
import type { WorkerContext } from "@/server/context";

/**
 * The mirrors on this machine, and whether a service or an inspection names their repository.
 * Those of submodules nobody names: they are kept by being of use.
 */
export async function listMirrors({ db, git }: Pick<WorkerContext, "db" | "git">): Promise<CleanupWorld["mirrors"]> {
  const mirrors = await git.mirrors();
  if (mirrors.length === 0) return [];
  const { rows } = await db.execute<{ url: string }>(sql`
    select source ->> 'url' as url from services where source ->> 'type' = 'git'
    union select source ->> 'url' from inspections where source ->> 'type' = 'git'`);
  const names = await Promise.all(rows.map(({ url }) => git.mirrorName({ url, token: null })));
  const needed = new Set(names);
  return mirrors.map((mirror) => ({ ...mirror, isNeeded: needed.has(mirror.name) }));
}
