"use client";

import { LogPanel } from "@/features/logs/log-panel";
import { useDeployment } from "./use-deployment";

export function DeploymentRuntimeLog({ deploymentId }: { deploymentId: string }) {
  const deployment = useDeployment(deploymentId).data;
  if (!deployment) return null;
  return (
    <LogPanel
      key={deploymentId}
      deploymentId={deploymentId}
      kind="runtime"
      name="Runtime log"
      fileName={`runtime-${deployment.number}`}
      waiting="What the application writes to its standard output and error appears here."
      nothing="The application of this deployment wrote nothing, or its log is past its retention."
      className="h-[40rem] max-h-[75dvh] min-h-80"
    />
  );
}
