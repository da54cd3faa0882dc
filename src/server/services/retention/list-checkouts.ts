import { readdir } from "node:fs/promises";
import path from "node:path";
import { inArray } from "drizzle-orm";
import { unfinishedStatuses } from "@/domain/deployment/status";
import type { CleanupWorld } from "@/domain/retention";
import type { WorkerContext } from "@/server/context";
import { deployments, inspections } from "@/server/db/schema";
import { directorySize } from "@/server/directory-size";

/** What is checked out, and whether a deployment or an inspection that goes on needs it; else a killed worker left it. */
export async function listCheckouts({
  db,
  config,
}: Pick<WorkerContext, "db" | "config">): Promise<CleanupWorld["checkouts"]> {
  const all = await readdir(config.buildsDir).catch(() => []);
  const names = all.filter((name) => /^(dep|ins)_/.test(name));
  if (names.length === 0) return [];
  const building = await db
    .select({ id: deployments.id })
    .from(deployments)
    .where(inArray(deployments.status, unfinishedStatuses));
  const inspecting = await db.select({ id: inspections.id }).from(inspections);
  const needed = new Set([...building, ...inspecting].map((row) => row.id));
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sizeBytes: await directorySize(path.join(config.buildsDir, name)),
      isNeeded: needed.has(name.split(".")[0] ?? ""),
    })),
  );
}
