import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { inArray } from "drizzle-orm";
import { unfinishedStatuses } from "@/domain/deployment/status";
import type { WorkerContext } from "@/server/context";
import { deployments, inspections } from "@/server/db/schema";

/** Removes the checkouts that a killed worker left behind. */
export async function cleanCheckouts({ db, config }: WorkerContext): Promise<void> {
  const names = await readdir(config.buildsDir).catch(() => []);
  if (names.length === 0) return;
  const building = await db
    .select({ id: deployments.id })
    .from(deployments)
    .where(inArray(deployments.status, unfinishedStatuses));
  const inspecting = await db.select({ id: inspections.id }).from(inspections);
  const needed = new Set([...building, ...inspecting].map((row) => row.id));
  for (const name of names) {
    const [id = ""] = name.split(".");
    if (/^(dep|ins)_/.test(id) && !needed.has(id)) {
      await rm(path.join(config.buildsDir, name), { recursive: true, force: true });
    }
  }
}
