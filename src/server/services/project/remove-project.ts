import { eq } from "drizzle-orm";
import { networkName } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import { environments, projects, services } from "@/server/db/schema";
import { notify } from "@/server/events";

/**
 * Removes what a deleted project leaves, once its services are gone; the last of them brings this job again. Throws
 * what the Engine throws.
 */
export async function removeProject({ db, engine }: WorkerContext, projectId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [project] = await tx.select().from(projects).where(eq(projects.id, projectId)).for("update");
    if (!project?.deletingAt) return;
    const [service] = await tx
      .select({ id: services.id })
      .from(services)
      .where(eq(services.projectId, projectId))
      .limit(1);
    if (service) return;
    const left = await tx
      .select({ id: environments.id })
      .from(environments)
      .where(eq(environments.projectId, projectId));
    for (const { id } of left) await engine.removeNetwork(networkName(id));
    await tx.delete(projects).where(eq(projects.id, projectId));
    await notify(tx, { type: "project", projectId });
  });
}
