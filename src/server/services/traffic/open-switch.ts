import { and, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { GuardSettings } from "@/domain/guard/guard-settings";
import type { GuardVerdict } from "@/domain/guard/judge-switch";
import { countedAfterMs, countedBeforeMs } from "@/domain/traffic/receipt";
import type { Tx } from "@/server/db/client";
import { type deployments, trafficSwitches } from "@/server/db/schema";

type Live = Pick<typeof deployments.$inferSelect, "id" | "serviceId" | "releaseId" | "trigger">;

export type NewSwitch = {
  live: Live;
  replaced: { id: string; releaseId: string } | undefined;
  guard: GuardSettings;
  /** When the service was created: before, nobody could ask it for anything. */
  serviceSince: Date;
  /** Restarts that the replica with the most of them has had until now. */
  restarts: number;
};

/**
 * Writes down that traffic moved, in the transaction that moves the pointer: from here on it is counted, and watched by
 * the guard where that is on and there is something to go back to. What was watched before is not any more.
 */
export async function openSwitch(tx: Tx, opened: NewSwitch, now: Date): Promise<void> {
  const { live, replaced, guard, serviceSince, restarts } = opened;
  await endFormer(tx, live.serviceId, now);
  // Who goes back, be it a person or the guard, does not want to be taken forth again.
  const goesBack = live.trigger === "rollback" || live.trigger === "guard";
  const isWatched = guard.enabled && !goesBack && replaced !== undefined && replaced.releaseId !== live.releaseId;
  await tx.insert(trafficSwitches).values({
    deploymentId: live.id,
    serviceId: live.serviceId,
    releaseId: live.releaseId,
    replacedDeploymentId: replaced?.id ?? null,
    replacedReleaseId: replaced?.releaseId ?? null,
    switchedAt: now,
    countFrom: countFrom(serviceSince, now),
    countUntil: new Date(now.getTime() + countedAfterMs),
    guard,
    guardUntil: isWatched ? new Date(now.getTime() + guard.windowSeconds * 1000) : null,
    restartsBefore: restarts,
  });
}

/** Clocks may disagree: never after now. */
function countFrom(serviceSince: Date, now: Date): Date {
  return new Date(Math.min(now.getTime(), Math.max(serviceSince.getTime(), now.getTime() - countedBeforeMs)));
}

async function endFormer(tx: Tx, serviceId: string, now: Date): Promise<void> {
  const ofService = and(eq(trafficSwitches.serviceId, serviceId), isNull(trafficSwitches.settledAt));
  await tx
    .update(trafficSwitches)
    .set({ countUntil: now })
    .where(and(ofService, gt(trafficSwitches.countUntil, now)));
  const verdict: GuardVerdict = { type: "ended", at: now.toISOString() };
  await tx
    .update(trafficSwitches)
    .set({ verdict: sql`${JSON.stringify(verdict)}::jsonb` })
    .where(and(ofService, isNotNull(trafficSwitches.guardUntil), isNull(trafficSwitches.verdict)));
}
