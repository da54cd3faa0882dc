import { and, desc, eq, isNull } from "drizzle-orm";
import type { Db } from "@/server/db/client";
import { deployments } from "@/server/db/schema";
import type { DeploymentRow } from "./loaded-deployment";

/** Why nothing was built, in a sentence for the timeline; null where it was. */
export async function skippedBuildNote(db: Db, row: DeploymentRow): Promise<string | null> {
  if (row.buildSkipped !== "content" || row.buildKey === null) return null;
  const [builder] = await db
    .select({ number: deployments.number })
    .from(deployments)
    .where(
      and(
        eq(deployments.serviceId, row.serviceId),
        eq(deployments.buildKey, row.buildKey),
        isNull(deployments.buildSkipped),
      ),
    )
    .orderBy(desc(deployments.number))
    .limit(1);
  return builder ? `Same content as #${builder.number}: its image is used.` : "An image of the same content is used.";
}
