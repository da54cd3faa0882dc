import { eq } from "drizzle-orm";
import { label } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import { instances } from "@/server/db/schema";
import { keepLastLines } from "@/server/services/log/keep-last-lines";

/**
 * Stops and removes the containers of a release; its image and its log stay. `graceSeconds` is what they get to end by themselves.
 * Throws what the Engine throws.
 */
export async function removeRelease(context: WorkerContext, releaseId: string, graceSeconds: number): Promise<void> {
  const { db, engine, config } = context;
  const containers = await engine.listContainers({ [label.instance]: config.instanceId, [label.release]: releaseId });
  await Promise.all(
    containers.map(async (container) => {
      await engine.stopContainer(container.name, graceSeconds);
      await keepLastLines(context, container);
      await engine.removeContainer(container.name);
    }),
  );
  await db.delete(instances).where(eq(instances.releaseId, releaseId));
}
