import { DeploymentConfiguration } from "@/features/deployments/deployment-configuration";

export default async function Page({ params }: { params: Promise<{ deploymentId: string }> }) {
  return <DeploymentConfiguration deploymentId={(await params).deploymentId} />;
}
