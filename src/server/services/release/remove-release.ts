import { eq } from "drizzle-orm";
import { label } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import { instances } from "@/server/db/schema";

/**
 * Stops and removes the containers of a release; its image stays. `graceSeconds` is what they get to end by themselves.
 * Throws what the Engine throws.
 */
export async function removeRelease(
  { db, engine, config }: Pick<WorkerContext, "db" | "engine" | "config">,
  releaseId: string,
  graceSeconds: number,
): Promise<void> {
  const containers = await engine.listContainers({ [label.instance]: config.instanceId, [label.release]: releaseId });
  await Promise.all(
    containers.map(async ({ name }) => {
      if (graceSeconds > 0) await engine.stopContainer(name, graceSeconds);
      await engine.removeContainer(name);
    }),
  );
  await db.delete(instances).where(eq(instances.releaseId, releaseId));
}
