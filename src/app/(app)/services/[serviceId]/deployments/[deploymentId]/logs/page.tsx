import { DeploymentRuntimeLog } from "@/features/deployments/deployment-runtime-log";

export default async function Page({ params }: { params: Promise<{ deploymentId: string }> }) {
  return <DeploymentRuntimeLog deploymentId={(await params).deploymentId} />;
}
