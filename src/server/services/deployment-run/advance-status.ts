import { eq, sql } from "drizzle-orm";
import type { SkippedPhase } from "@/domain/deployment/decision";
import { type DeploymentPhase, type DeploymentStatus, deploymentPhases } from "@/domain/deployment/status";
import type { Db, Tx } from "@/server/db/client";
import { projects } from "@/server/db/schema";
import { notify } from "@/server/events";
import { type Fence, fencedWrite } from "./fenced-write";
import type { DeploymentRow } from "./loaded-deployment";
import { beginPhase, endPhase } from "./write-phases";

type Advance = { to: DeploymentStatus; outcome: "done" | "skipped"; note: string | null; skipped: SkippedPhase[] };

function isPhase(status: DeploymentStatus): status is DeploymentPhase {
  return deploymentPhases.some((phase) => phase === status);
}

/** Moves a deployment on to its next phase. Throws LeaseLost. */
export async function advanceStatus(
  db: Db,
  row: DeploymentRow,
  token: number,
  advance: Advance,
  now: Date,
): Promise<void> {
  const fence: Fence = { deploymentId: row.id, token, expected: row.status };
  const changesQueue = row.status === "queued" || advance.to === "releasing";
  await db.transaction(async (tx) => {
    if (advance.to === "fetching") await takeTurn(tx, row.projectId);
    await fencedWrite(tx, fence, { status: advance.to, startedAt: row.startedAt ?? now });
    if (isPhase(row.status)) await endPhase(tx, row.id, row.status, advance, now);
    for (const { phase, note } of advance.skipped) await endPhase(tx, row.id, phase, { outcome: "skipped", note }, now);
    if (isPhase(advance.to)) await beginPhase(tx, row.id, advance.to, now);
    await notify(tx, {
      type: "deployment",
      projectId: row.projectId,
      serviceId: row.serviceId,
      deploymentId: row.id,
    });
    if (changesQueue) await notify(tx, { type: "queue" });
  });
}

/** The project goes to the end of those that wait for a build slot. */
async function takeTurn(tx: Tx, projectId: string): Promise<void> {
  await tx.update(projects).set({ buildTurnAt: sql`clock_timestamp()` }).where(eq(projects.id, projectId));
}
