import { and, desc, eq, inArray, isNotNull, lt, sql } from "drizzle-orm";
import type { ComparedDuration } from "@/contracts/receipt";
import type { DeploymentPhase } from "@/domain/deployment/status";
import type { Db } from "@/server/db/client";
import { deployments, phases } from "@/server/db/schema";

const compared = 10;

export type Median = Pick<ComparedDuration, "medianMs" | "comparedWith">;

type Subject = Pick<typeof deployments.$inferSelect, "serviceId" | "number" | "buildSkipped">;

/** Medians over the last ten deployments before this one that went live: of each phase that was done, and of all together. */
export async function phaseMedians(
  db: Db,
  subject: Subject,
): Promise<{ byPhase: Map<DeploymentPhase, Median>; total: Median }> {
  const former = await db
    .select({
      id: deployments.id,
      buildSkipped: deployments.buildSkipped,
      ms: sql<number>`extract(epoch from ${deployments.liveAt} - ${deployments.createdAt})::float8 * 1000`,
    })
    .from(deployments)
    .where(
      and(
        eq(deployments.serviceId, subject.serviceId),
        lt(deployments.number, subject.number),
        isNotNull(deployments.liveAt),
      ),
    )
    .orderBy(desc(deployments.number))
    .limit(compared);
  // One that was built and one that only started a kept image have nothing in common but their end.
  const alike = former.filter(({ buildSkipped }) => buildSkipped === subject.buildSkipped);
  return {
    byPhase: await medianByPhase(
      db,
      former.map(({ id }) => id),
    ),
    total: { medianMs: median(alike.map(({ ms }) => ms)), comparedWith: alike.length },
  };
}

async function medianByPhase(db: Db, ids: string[]): Promise<Map<DeploymentPhase, Median>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      phase: phases.phase,
      ms: sql<number>`extract(epoch from ${phases.finishedAt} - ${phases.startedAt})::float8 * 1000`,
    })
    .from(phases)
    .where(and(inArray(phases.deploymentId, ids), eq(phases.outcome, "done"), isNotNull(phases.finishedAt)));
  const byPhase = Map.groupBy(rows, ({ phase }) => phase);
  return new Map(
    [...byPhase].map(([phase, all]) => [
      phase,
      { medianMs: median(all.map(({ ms }) => ms)), comparedWith: all.length },
    ]),
  );
}

function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower, upper] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2;
}
