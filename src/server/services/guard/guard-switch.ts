import { eq, sql } from "drizzle-orm";
import { type GuardVerdict, judgeSwitch } from "@/domain/guard/judge-switch";
import { splitAtSwitch } from "@/domain/traffic/receipt";
import type { WorkerContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import { instances } from "@/server/db/schema";
import { notify } from "@/server/events";
import type { OpenSwitch } from "@/server/services/traffic/list-open-switches";
import { readBuckets } from "@/server/services/traffic/read-buckets";
import { backendsOf, isWatched, type SwitchRow } from "@/server/services/traffic/switch-row";
import { rollBack } from "./roll-back";
import { writeVerdict } from "./write-verdict";

/**
 * Judges a release that went live lately, and goes back from one that is bad. Returns the switch with what became of it.
 * A verdict is written once, together with all that follows from it: a worker that dies here has done nothing or all.
 */
export async function guardSwitch(context: WorkerContext, open: OpenSwitch): Promise<OpenSwitch> {
  const { db, clock } = context;
  const { row, liveDeploymentId, desiredState } = open;
  if (!isWatched(row) || row.guardUntil === null) return open;
  const now = clock.now();
  if (liveDeploymentId !== row.deploymentId || desiredState !== "running") {
    return close(db, open, { type: "ended", at: now.toISOString() });
  }
  const judgement = judgeSwitch(row.guard, await gatherEvidence(db, row, row.guardUntil, now));
  if (judgement.type === "bad") return rollBack(context, open, judgement, now);
  if (now < row.guardUntil) return open;
  return close(db, open, { type: "passed", at: now.toISOString(), compared: judgement.compared });
}

async function gatherEvidence(db: Db, row: SwitchRow, guardUntil: Date, now: Date) {
  const until = now < guardUntil ? now : guardUntil;
  const span = { from: row.countFrom, switchedAt: row.switchedAt, until };
  const { before, after } = splitAtSwitch(span, backendsOf(row), await readBuckets(db, row, until));
  const sinceSeconds = Math.round((until.getTime() - row.switchedAt.getTime()) / 1000);
  const restarts = Math.max(0, (await mostRestarts(db, row.releaseId)) - row.restartsBefore);
  return { before, after, restarts, sinceSeconds };
}

async function mostRestarts(db: Db, releaseId: string): Promise<number> {
  const [found] = await db
    .select({ restarts: sql<number>`coalesce(max(${instances.restartCount}), 0)::int` })
    .from(instances)
    .where(eq(instances.releaseId, releaseId));
  return found?.restarts ?? 0;
}

async function close(db: Db, open: OpenSwitch, verdict: GuardVerdict): Promise<OpenSwitch> {
  const { deploymentId, serviceId } = open.row;
  await writeVerdict(db, deploymentId, verdict);
  await notify(db, { type: "deployment", projectId: open.projectId, serviceId, deploymentId });
  return { ...open, row: { ...open.row, verdict } };
}
