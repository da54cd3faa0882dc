"use client";

import type { Deployment } from "@/features/api/outputs";
import { LogPanel } from "@/features/logs/log-panel";
import { describeSkippedBuild } from "./describe";
import { PhaseTimeline } from "./phase-timeline";
import { useDeployment } from "./use-deployment";

export function DeploymentProgress({ deploymentId }: { deploymentId: string }) {
  const deployment = useDeployment(deploymentId).data;
  // The frame around this shows what is wrong or under way.
  if (!deployment) return null;
  return (
    <div className="grid gap-4 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <PhaseTimeline deployment={deployment} />
      <LogPanel
        key={deploymentId}
        deploymentId={deploymentId}
        kind="build"
        name="Build log"
        fileName={`build-${deployment.number}`}
        waiting="Waiting for the first line."
        nothing={nothingBuilt(deployment)}
        className="h-[36rem] max-h-[75dvh] min-h-80"
      />
    </div>
  );
}

function nothingBuilt(deployment: Deployment): string {
  return describeSkippedBuild(deployment.buildSkipped) ?? "Nothing was written.";
}
