import { and, eq, inArray, isNotNull, or } from "drizzle-orm";
import { unfinishedStatuses } from "@/domain/deployment/status";
import type { Db } from "@/server/db/client";
import { deployments } from "@/server/db/schema";

/** The deployments that need the containers of a release: `warm` ones for a rollback, the others for requests. */
export async function listReleaseUsers(db: Db, releaseId: string): Promise<{ id: string; warm: boolean }[]> {
  const rows = await db
    .select({ id: deployments.id, status: deployments.status })
    .from(deployments)
    .where(
      and(
        eq(deployments.releaseId, releaseId),
        or(inArray(deployments.status, ["live", ...unfinishedStatuses]), isNotNull(deployments.warmUntil)),
      ),
    );
  return rows.map(({ id, status }) => ({ id, warm: status === "retired" }));
}
