import type { Decision, RunningStatus } from "@/domain/deployment/decision";
import { describeCheck } from "@/domain/health/describe-check";
import type { DeploymentRow } from "./loaded-deployment";

/** What the build log says of a decision, in the platform's voice; null for what is not worth a line. */
export function narrate(decision: Decision, status: RunningStatus, row: DeploymentRow): string | null {
  if (decision.type === "fail") return `Failed: ${decision.error.message} ${decision.error.fix}`;
  if (decision.type === "end")
    return decision.status === "cancelled" ? "Cancelled." : "Superseded by a newer deployment.";
  if (decision.type === "do" && decision.step === "build") return `Building: ${row.plan?.label ?? "image"}`;
  if (decision.type !== "advance") return null;
  const { replicas, health } = row.snapshot.runtime;
  switch (decision.to) {
    case "building":
      return `Commit ${row.commitSha?.slice(0, 7)}: ${row.commitMessage?.split("\n")[0]}`;
    case "releasing": {
      const skipped = decision.note ?? decision.skipped.at(-1)?.note;
      const starting = replicas === 1 ? "Starting the container." : `Starting ${replicas} containers.`;
      return skipped === undefined ? starting : `${skipped} ${starting}`;
    }
    case "verifying":
      return `Waiting for ${describeCheck(health.check)}.`;
    case "routing":
      return "Healthy. Switching traffic.";
    case "live":
      return "Live.";
    default:
      return status === "queued" ? "Begun." : null;
  }
}
