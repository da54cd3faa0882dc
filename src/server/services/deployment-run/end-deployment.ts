import { eq } from "drizzle-orm";
import { type DeploymentPhase, deploymentPhases } from "@/domain/deployment/status";
import type { ErrorRecord } from "@/domain/errors";
import type { Db } from "@/server/db/client";
import { deployments } from "@/server/db/schema";
import { notify } from "@/server/events";
import { fencedWrite } from "./fenced-write";
import type { DeploymentRow } from "./loaded-deployment";
import { endPhase, type PhaseEnd } from "./write-phases";

export type Ending =
  | { status: "failed"; error: ErrorRecord }
  | { status: "cancelled" }
  | { status: "superseded"; supersededById: string };

/** Writes the end of a deployment that did not go live; what it made was taken back before. Throws LeaseLost. */
export async function endDeployment(
  db: Db,
  row: DeploymentRow,
  token: number,
  ending: Ending,
  now: Date,
): Promise<void> {
  const phase = deploymentPhases.find((one): one is DeploymentPhase => one === row.status);
  await db.transaction(async (tx) => {
    await fencedWrite(tx, { deploymentId: row.id, token, expected: row.status }, { ...ending, finishedAt: now });
    if (phase) await endPhase(tx, row.id, phase, await phaseEnd(), now);
    await notify(tx, { type: "deployment", projectId: row.projectId, serviceId: row.serviceId, deploymentId: row.id });
    await notify(tx, { type: "queue" });

    async function phaseEnd(): Promise<PhaseEnd> {
      if (ending.status === "failed") return { outcome: "failed", error: ending.error };
      if (ending.status === "cancelled") return { outcome: "cancelled" };
      const [newer] = await tx
        .select({ number: deployments.number })
        .from(deployments)
        .where(eq(deployments.id, ending.supersededById));
      return { outcome: "cancelled", note: newer ? `Superseded by #${newer.number}.` : null };
    }
  });
}
