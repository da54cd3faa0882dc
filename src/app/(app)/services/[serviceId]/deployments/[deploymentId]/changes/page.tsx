import { Hydrated, load } from "@/app/prefetch";
import { DeploymentChanges } from "@/features/deployments/deployment-changes";

export default async function Page({ params }: { params: Promise<{ serviceId: string; deploymentId: string }> }) {
  const { serviceId, deploymentId } = await params;
  await load(({ trpc, queryClient }) =>
    queryClient.fetchQuery(trpc.deployment.difference.queryOptions({ deploymentId })),
  );
  return (
    <Hydrated>
      <DeploymentChanges serviceId={serviceId} deploymentId={deploymentId} />
    </Hydrated>
  );
}
