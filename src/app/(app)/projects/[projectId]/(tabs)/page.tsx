import { Hydrated, load } from "@/app/prefetch";
import { ServiceList } from "@/features/services/service-list";
import { serviceListQuery } from "@/features/services/service-list-query";

export default async function Page({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  await load(({ trpc, queryClient }) => queryClient.fetchInfiniteQuery(serviceListQuery(trpc, projectId)));
  return (
    <Hydrated>
      <ServiceList projectId={projectId} />
    </Hydrated>
  );
}
