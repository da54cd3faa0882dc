import { Hydrated, load } from "@/app/prefetch";
import { DeploymentList } from "@/features/deployments/deployment-list";
import { deploymentListQuery } from "@/features/deployments/deployment-list-query";

export default async function Page({ params }: { params: Promise<{ serviceId: string }> }) {
  const { serviceId } = await params;
  await load(({ trpc, queryClient }) => queryClient.fetchInfiniteQuery(deploymentListQuery(trpc, serviceId)));
  return (
    <Hydrated>
      <DeploymentList serviceId={serviceId} />
    </Hydrated>
  );
}
