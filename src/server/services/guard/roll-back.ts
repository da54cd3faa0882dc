import { and, eq, inArray } from "drizzle-orm";
import { unfinishedStatuses } from "@/domain/deployment/status";
import type { GuardVerdict, Judgement } from "@/domain/guard/judge-switch";
import type { OrganizationContext, WorkerContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { deployments, services } from "@/server/db/schema";
import { notify } from "@/server/events";
import { claimNumber } from "@/server/services/deployment/claim-number";
import { keptInputs } from "@/server/services/deployment/kept-inputs";
import { queueDeployment } from "@/server/services/deployment/queue-deployment";
import { recordServiceEvent } from "@/server/services/service-event/record-service-event";
import type { OpenSwitch } from "@/server/services/traffic/list-open-switches";
import { writeVerdict } from "./write-verdict";

type Bad = Extract<Judgement, { type: "bad" }>;

/**
 * Goes back from a bad release to the one that it replaced: verdict, deployment and the event in the service's history are
 * one transaction. Where somebody's newer deployment is on its way it holds still, because going back would supersede
 * what may be the cure; it is asked again as long as the window lasts.
 */
export async function rollBack(context: WorkerContext, open: OpenSwitch, bad: Bad, now: Date): Promise<OpenSwitch> {
  const { row } = open;
  const verdict = await context.db.transaction(async (tx): Promise<GuardVerdict | null> => {
    const [service] = await tx.select().from(services).where(eq(services.id, row.serviceId)).for("update");
    const isStillLive = service?.liveDeploymentId === row.deploymentId && service.desiredState === "running";
    if (!isStillLive || (await isAnotherUnderWay(tx, row.serviceId))) return null;
    const [target, source] = await Promise.all([
      readDeployment(tx, row.replacedDeploymentId ?? ""),
      readDeployment(tx, row.deploymentId),
    ]);
    if (!target || !source) return null;
    const tripped = { type: "tripped", at: now.toISOString(), cause: bad.cause, reason: bad.reason } as const;
    if (target.imageReference === null) {
      // There is nothing to start: a person has to see to it, and the verdict tells them.
      const helpless = { ...tripped, deploymentId: null };
      return (await writeVerdict(tx, row.deploymentId, helpless)) ? helpless : null;
    }
    const queued = await queueDeployment(tx, systemContext(context, open), await claimNumber(tx, row.serviceId), {
      ...keptInputs(target),
      trigger: "guard",
      reason: bad.reason,
      rollbackOfId: target.id,
      releaseId: target.releaseId,
    });
    const decided = { ...tripped, deploymentId: queued.id };
    await writeVerdict(tx, row.deploymentId, decided);
    await recordServiceEvent(tx, {
      kind: "rolled_back",
      ...{ serviceId: row.serviceId, projectId: open.projectId, at: now, key: `rolled_back:${row.deploymentId}` },
      details: {
        ...{ fromDeploymentId: source.id, fromNumber: source.number },
        ...{ toDeploymentId: target.id, toNumber: target.number, deploymentId: queued.id },
        ...{ cause: bad.cause, reason: bad.reason },
      },
    });
    await notify(tx, {
      type: "deployment",
      ...{ projectId: open.projectId, serviceId: row.serviceId, deploymentId: row.deploymentId },
    });
    return decided;
  });
  return verdict === null ? open : { ...open, row: { ...row, verdict } };
}

async function isAnotherUnderWay(tx: Tx, serviceId: string): Promise<boolean> {
  const [other] = await tx
    .select({ id: deployments.id })
    .from(deployments)
    .where(and(eq(deployments.serviceId, serviceId), inArray(deployments.status, unfinishedStatuses)))
    .limit(1);
  return other !== undefined;
}

async function readDeployment(tx: Tx, id: string) {
  const [row] = await tx.select().from(deployments).where(eq(deployments.id, id));
  return row;
}

function systemContext(context: WorkerContext, { organizationId }: OpenSwitch): OrganizationContext {
  return { ...context, actor: { type: "system", reason: "guard after the switch" }, organizationId };
}
