import type { Decision, ReplicaSight, Sight } from "@/domain/deployment/decision";
import type { WorkerContext } from "@/server/context";
import type { Lease } from "@/server/services/lease/with-lease";
import { advanceStatus } from "./advance-status";
import { removeCheckout } from "./checkout";
import { endDeployment } from "./end-deployment";
import { fencedWrite } from "./fenced-write";
import { goLive } from "./go-live";
import type { DeploymentRow } from "./loaded-deployment";
import { undoRelease } from "./undo-release";

type StatusChange = Extract<Decision, { type: "advance" | "fail" | "end" }>;

/** Brings a deployment to its next status, with all that belongs to that. Throws LeaseLost and what undoing throws. */
export async function writeDecision(
  context: WorkerContext,
  lease: Lease,
  decision: StatusChange,
  row: DeploymentRow,
  sight: Sight | null,
): Promise<void> {
  const { db, clock } = context;
  const { token } = lease;
  switch (decision.type) {
    case "advance":
      if (decision.to === "live") return goLive(context, row, token, replicasOf(sight), clock.now());
      // The image is there: nobody needs the files any more.
      if (decision.to === "releasing") await removeCheckout(context.config, row.id);
      return advanceStatus(db, row, token, decision, clock.now());
    case "fail": {
      const { error } = decision;
      // Written before it is undone, so that whoever takes over goes on undoing, and does not try it all again.
      if (!row.error) await fencedWrite(db, { deploymentId: row.id, token, expected: row.status }, { error });
      await undoRelease(context, lease, row);
      return endDeployment(db, row, token, { status: "failed", error }, clock.now());
    }
    case "end": {
      await undoRelease(context, lease, row);
      const { status, supersededById } = decision;
      const ending = status === "superseded" ? { status, supersededById } : { status };
      return endDeployment(db, row, token, ending, clock.now());
    }
  }
}

function replicasOf(sight: Sight | null): ReplicaSight[] {
  return sight && "replicas" in sight ? sight.replicas : [];
}
