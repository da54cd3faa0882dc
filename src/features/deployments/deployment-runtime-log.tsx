"use client";

import { isFinished } from "@/domain/deployment/status";
import { LogPanel } from "@/features/logs/log-panel";
import { useDeployment } from "./use-deployment";

/** Containers are there from then on; going back to a warm release has the last of these alone. */
const ranFrom = new Set<string>(["verifying", "routing"]);

export function DeploymentRuntimeLog({ deploymentId }: { deploymentId: string }) {
  const deployment = useDeployment(deploymentId).data;
  if (!deployment) return null;
  const neverRan = isFinished(deployment.status) && !deployment.phases.some(({ phase }) => ranFrom.has(phase));
  return (
    <LogPanel
      key={deploymentId}
      deploymentId={deploymentId}
      kind="runtime"
      name="Runtime log"
      fileName={`runtime-${deployment.number}`}
      waiting="What the application writes to its standard output and error appears here."
      nothing={
        neverRan
          ? "No container of this deployment came to run. The page of the deployment says how far it came."
          : "The application of this deployment wrote nothing, or its log is past its retention."
      }
      className="h-[40rem] max-h-[75dvh] min-h-80"
    />
  );
}
