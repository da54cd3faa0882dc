import { and, eq, isNull, sql } from "drizzle-orm";
import type { WaitReason } from "@/domain/deployment/queue-waits";
import type { WorkerContext } from "@/server/context";
import { phases } from "@/server/db/schema";
import { notify } from "@/server/events";

type Waiting = { id: string; serviceId: string; projectId: string };

/** Writes down what a queued deployment waits for from now on, unless that is what it waited for already. */
export async function recordWait(
  { db, clock }: Pick<WorkerContext, "db" | "clock">,
  { id, serviceId, projectId }: Waiting,
  reason: WaitReason,
  deploymentIds: string[],
): Promise<void> {
  const mark = JSON.stringify([{ at: clock.now().toISOString(), reason, deploymentIds }]);
  const written = await db
    .update(phases)
    .set({ waits: sql`${phases.waits} || ${mark}::jsonb` })
    .where(
      and(
        eq(phases.deploymentId, id),
        eq(phases.phase, "queued"),
        isNull(phases.finishedAt),
        sql`${phases.waits} -> -1 ->> 'reason' is distinct from ${reason}`,
      ),
    )
    .returning({ id: phases.deploymentId });
  if (written.length > 0) await notify(db, { type: "deployment", projectId, serviceId, deploymentId: id });
}
