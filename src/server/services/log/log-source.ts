import { eq, sql } from "drizzle-orm";
import { isFinished, unfinishedStatuses } from "@/domain/deployment/status";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";
import { deployments, logSources, services } from "@/server/db/schema";

export type LogKind = "build" | "runtime";

export type LogSource = {
  sourceId: string;
  serviceId: string;
  /** One more than the offset of its last line. */
  nextOffset: number;
  /** It will get no more lines: what was read after knowing this is all there is. */
  complete: boolean;
};

const unfinished = sql.raw(unfinishedStatuses.map((status) => `'${status}'`).join(", "));

/** A release may write as long as a deployment that answers through it is under way, is live, or is kept warm. */
const releaseIsOver = sql<boolean>`not exists (
  select from ${deployments} as other
  where other.release_id = ${deployments.releaseId}
    and (other.status in (${unfinished}) or other.id = ${services.liveDeploymentId} or other.warm_until is not null))`;

/**
 * Where a deployment's lines are and how far they go. A build's are kept under its deployment, an application's under
 * its release, which deployments may share. Throws not_found.
 */
export async function findLogSource(
  { db }: Pick<ServiceContext, "db">,
  deploymentId: string,
  kind: LogKind,
): Promise<LogSource> {
  const sourceId = kind === "build" ? deployments.id : deployments.releaseId;
  const [row] = await db
    .select({
      sourceId,
      serviceId: deployments.serviceId,
      status: deployments.status,
      releaseIsOver: kind === "runtime" ? releaseIsOver : sql<boolean>`false`,
      nextOffset: logSources.nextOffset,
    })
    .from(deployments)
    .innerJoin(services, eq(services.id, deployments.serviceId))
    .leftJoin(logSources, sql`${logSources.sourceId} = ${sourceId} and ${logSources.kind} = ${kind}`)
    .where(eq(deployments.id, deploymentId));
  if (!row) throw new AppError("not_found");
  return {
    sourceId: row.sourceId,
    serviceId: row.serviceId,
    nextOffset: row.nextOffset ?? 0,
    complete: kind === "build" ? isFinished(row.status) : row.releaseIsOver,
  };
}
