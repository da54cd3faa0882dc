import { and, eq, isNull, lt } from "drizzle-orm";
import { closeCoverage } from "@/domain/traffic/coverage";
import type { WorkerContext } from "@/server/context";
import { trafficSamples, trafficSwitches } from "@/server/db/schema";
import { notify } from "@/server/events";
import { writeCoverage } from "./copy-records";
import type { OpenSwitch } from "./list-open-switches";
import { summarizeSwitch } from "./summarize-switch";
import { coverageOf, isWatched, type SwitchRow, spanOf } from "./switch-row";

/** How much longer a router that does not answer is waited for; what it kept by then it still has. */
const patienceMs = 10 * 60_000;
/** Longer than anything between the first request that a guard may count and the end of its window. */
const samplesKeptMs = 2 * 60 * 60_000;

/** Where all is over that this switch was watched for, keeps its receipt for good. Returns whether it is settled. */
export async function settleSwitch(
  context: WorkerContext,
  { row, projectId }: OpenSwitch,
  router: "told" | "cannot_tell" | "away",
): Promise<boolean> {
  const { db, clock } = context;
  const now = clock.now();
  const isUncounted = router === "cannot_tell" && row.countedUntil === null;
  if (isWatched(row) || now < row.countUntil || (!isUncounted && isStillRead(row, now))) return false;
  const coverage = isUncounted ? coverageOf(row) : closeCoverage(coverageOf(row), spanOf(row));
  const traffic = await summarizeSwitch(db, { ...row, ...coverage });
  await db.transaction(async (tx) => {
    await writeCoverage(tx, row.deploymentId, coverage);
    await tx
      .update(trafficSwitches)
      .set({ traffic, settledAt: now })
      .where(and(eq(trafficSwitches.deploymentId, row.deploymentId), isNull(trafficSwitches.settledAt)));
    await tx.delete(trafficSamples).where(lt(trafficSamples.startsAt, new Date(now.getTime() - samplesKeptMs)));
    await notify(tx, {
      type: "deployment",
      projectId,
      serviceId: row.serviceId,
      deploymentId: row.deploymentId,
    });
  });
  return true;
}

/** Some of the span was not read yet, and may still be. */
function isStillRead({ countedUntil, countUntil }: SwitchRow, now: Date): boolean {
  if (countedUntil !== null && countedUntil >= countUntil) return false;
  return now.getTime() < countUntil.getTime() + patienceMs;
}
