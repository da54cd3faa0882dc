import { Hydrated, load } from "@/app/prefetch";
import { DeploymentReceipt } from "@/features/deployments/receipt/deployment-receipt";

export default async function Page({ params }: { params: Promise<{ deploymentId: string }> }) {
  const { deploymentId } = await params;
  await load(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.deployment.receipt.queryOptions({ deploymentId })));
  return (
    <Hydrated>
      <DeploymentReceipt deploymentId={deploymentId} />
    </Hydrated>
  );
}
