import { DeploymentProgress } from "@/features/deployments/deployment-progress";

export default async function Page({ params }: { params: Promise<{ deploymentId: string }> }) {
  return <DeploymentProgress deploymentId={(await params).deploymentId} />;
}
