import type { DeploymentPhase } from "@/domain/deployment/status";
import type { DeploymentSummary } from "@/features/api/outputs";

const triggerLabels: Record<string, string> = {
  manual: "Deployed",
  settings: "Settings changed",
  rollback: "Rolled back",
  "first-run": "First run",
  push: "Pushed",
  api: "Through the API",
  guard: "Rolled back by the guard",
};

/** Why there is this deployment: "Deployed by Lena Amstutz". */
export function describeTrigger({ trigger, createdBy }: Pick<DeploymentSummary, "trigger" | "createdBy">): string {
  const label = triggerLabels[trigger] ?? trigger;
  return createdBy ? `${label} by ${createdBy}` : label;
}

export const phaseLabels: Record<DeploymentPhase, string> = {
  queued: "Queue",
  fetching: "Fetch",
  building: "Build",
  releasing: "Start",
  verifying: "Health check",
  routing: "Switch traffic",
};

export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/** First line of a commit's message. */
export function subject(message: string): string {
  return message.split("\n", 1)[0] ?? "";
}

/** What a deployment brings, in one line: the commit's subject, or what else it is. */
export function describeDeployment(
  deployment: Pick<DeploymentSummary, "commitMessage" | "rollbackOf" | "trigger" | "createdBy">,
): string {
  if (deployment.rollbackOf) return `Rollback to #${deployment.rollbackOf.number}`;
  if (deployment.commitMessage) return subject(deployment.commitMessage);
  return describeTrigger(deployment);
}

const skipLabels: Record<NonNullable<DeploymentSummary["buildSkipped"]>, string> = {
  content: "Not built: the content is that of an image already there",
  rollback: "Not built: the kept image is used",
  prebuilt: "Not built: the image is used as it is",
};

export function describeSkippedBuild(skipped: DeploymentSummary["buildSkipped"]): string | null {
  return skipped && skipLabels[skipped];
}
