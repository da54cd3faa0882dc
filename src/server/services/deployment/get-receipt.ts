import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DeploymentReceipt, SwitchView } from "@/contracts/receipt";
import { deploymentPhases } from "@/domain/deployment/status";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import { deployments, phases, trafficSwitches } from "@/server/db/schema";
import { summarizeSwitch } from "@/server/services/traffic/summarize-switch";
import { phaseMedians } from "./phase-medians";

/** Throws not_found. */
export async function getReceipt({ db }: ServiceContext, deploymentId: string): Promise<DeploymentReceipt> {
  const [row] = await db.select().from(deployments).where(eq(deployments.id, deploymentId));
  if (!row) throw new AppError("not_found");
  const [timeline, medians, switched] = await Promise.all([
    db.select().from(phases).where(eq(phases.deploymentId, deploymentId)),
    phaseMedians(db, row),
    readSwitch(db, deploymentId),
  ]);
  const none = { medianMs: null, comparedWith: 0 };
  const { imageReference, imageId, imageSizeBytes, buildSteps, cachedBuildSteps, buildSkipped } = row;
  return {
    phases: deploymentPhases.flatMap((phase) => {
      const own = timeline.find((one) => one.phase === phase);
      if (!own) return [];
      const ms = own.outcome === "skipped" ? null : elapsedMs(own.startedAt, own.finishedAt);
      return [{ phase, ms, ...(medians.byPhase.get(phase) ?? none) }];
    }),
    total: { ms: elapsedMs(row.createdAt, row.liveAt), ...medians.total },
    image: imageReference === null ? null : { reference: imageReference, id: imageId, sizeBytes: imageSizeBytes },
    buildSteps:
      buildSteps === null || cachedBuildSteps === null ? null : { total: buildSteps, cached: cachedBuildSteps },
    buildSkipped,
    switch: switched,
  };
}

function elapsedMs(from: Date, until: Date | null): number | null {
  return until && until.getTime() - from.getTime();
}

const replaced = alias(deployments, "replaced");

async function readSwitch(db: Db, deploymentId: string): Promise<SwitchView | null> {
  const [found] = await db
    .select({ row: trafficSwitches, replacedNumber: replaced.number })
    .from(trafficSwitches)
    .leftJoin(replaced, eq(replaced.id, trafficSwitches.replacedDeploymentId))
    .where(eq(trafficSwitches.deploymentId, deploymentId));
  if (!found) return null;
  const { row, replacedNumber } = found;
  const { switchedAt, replacedDeploymentId, settledAt, guard, guardUntil, verdict } = row;
  return {
    switchedAt,
    replaced: toReference(replacedDeploymentId, replacedNumber),
    traffic: await summarizeSwitch(db, row),
    settled: settledAt !== null,
    guard: {
      settings: guard,
      until: guardUntil,
      verdict,
      wentBackBy: verdict?.type === "tripped" ? await readReference(db, verdict.deploymentId) : null,
    },
  };
}

async function readReference(db: Db, id: string | null): Promise<{ id: string; number: number } | null> {
  if (id === null) return null;
  const [found] = await db.select({ number: deployments.number }).from(deployments).where(eq(deployments.id, id));
  return toReference(id, found?.number ?? null);
}

/** The other deployment may be gone: then there is nothing to point at. */
function toReference(id: string | null, number: number | null): { id: string; number: number } | null {
  return id === null || number === null ? null : { id, number };
}
