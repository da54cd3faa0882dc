import { sql } from "drizzle-orm";
import type { DeploymentPhase } from "@/domain/deployment/status";
import type { ErrorRecord } from "@/domain/errors";
import type { Tx } from "@/server/db/client";
import { phases } from "@/server/db/schema";

export type PhaseEnd = {
  outcome: "done" | "skipped" | "failed" | "cancelled";
  note?: string | null;
  error?: ErrorRecord | null;
};

/** Begins a phase; one that has begun keeps its time. */
export async function beginPhase(tx: Tx, deploymentId: string, phase: DeploymentPhase, now: Date): Promise<void> {
  await tx.insert(phases).values({ deploymentId, phase, startedAt: now }).onConflictDoNothing();
}

export async function endPhase(
  tx: Tx,
  deploymentId: string,
  phase: DeploymentPhase,
  end: PhaseEnd,
  now: Date,
): Promise<void> {
  const { outcome, note = null, error = null } = end;
  await tx
    .insert(phases)
    .values({ deploymentId, phase, startedAt: now, finishedAt: now, outcome, note, error })
    .onConflictDoUpdate({
      target: [phases.deploymentId, phases.phase],
      set: {
        finishedAt: sql`excluded.finished_at`,
        outcome: sql`excluded.outcome`,
        note: sql`excluded.note`,
        error: sql`excluded.error`,
      },
    });
}
