import { and, eq, isNull } from "drizzle-orm";
import type { GuardVerdict } from "@/domain/guard/judge-switch";
import type { Db, Tx } from "@/server/db/client";
import { trafficSwitches } from "@/server/db/schema";

/** How the watch ended, unless that is written already. Returns whether it was not. */
export async function writeVerdict(tx: Db | Tx, deploymentId: string, verdict: GuardVerdict): Promise<boolean> {
  const written = await tx
    .update(trafficSwitches)
    .set({ verdict })
    .where(and(eq(trafficSwitches.deploymentId, deploymentId), isNull(trafficSwitches.verdict)))
    .returning({ id: trafficSwitches.deploymentId });
  return written.length > 0;
}
