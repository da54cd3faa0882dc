import { and, eq, inArray } from "drizzle-orm";
import { chooseNext } from "@/domain/deployment/choose-next";
import type { Observed, RunningStatus } from "@/domain/deployment/decision";
import { type DeploymentPhase, mayFollow } from "@/domain/deployment/status";
import type { WorkerContext } from "@/server/context";
import { phases } from "@/server/db/schema";
import { listWaiting } from "./list-waiting";
import type { LoadedDeployment } from "./loaded-deployment";

/** What the tables say about a deployment, beside the row itself. `takenOverAt`: when this worker began with it. */
export async function gather(
  { db }: Pick<WorkerContext, "db">,
  status: RunningStatus,
  { row, service }: LoadedDeployment,
  takenOverAt: Date,
): Promise<Omit<Observed, "failure" | "sight">> {
  const [began, newerId] = await Promise.all([
    phaseStarts(db, row.id, [status, "releasing"]),
    mayFollow(status, "superseded") ? findNewer(db, row.serviceId, row.id) : null,
  ]);
  const phaseBegan = began.get(status) ?? row.createdAt;
  const since = later(phaseBegan, takenOverAt);
  return {
    cancelRequested: row.cancelRequestedAt !== null || service.desiredState === "deleted",
    newerId,
    verdict: row.error,
    since,
    startedSince: later(began.get("releasing") ?? since, takenOverAt),
  };
}

export function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

async function findNewer(db: WorkerContext["db"], serviceId: string, id: string): Promise<string | null> {
  const chosen = chooseNext(await listWaiting(db, serviceId));
  return chosen?.id === id ? chosen.newerId : null;
}

async function phaseStarts(db: WorkerContext["db"], deploymentId: string, wanted: DeploymentPhase[]) {
  const rows = await db
    .select({ phase: phases.phase, startedAt: phases.startedAt })
    .from(phases)
    .where(and(eq(phases.deploymentId, deploymentId), inArray(phases.phase, wanted)));
  return new Map(rows.map((row) => [row.phase, row.startedAt]));
}
