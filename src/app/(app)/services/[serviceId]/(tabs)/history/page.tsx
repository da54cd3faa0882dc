import { Hydrated, load } from "@/app/prefetch";
import { historyQuery } from "@/features/history/history-query";
import { ServiceHistory } from "@/features/history/service-history";

export default async function Page({ params }: { params: Promise<{ serviceId: string }> }) {
  const { serviceId } = await params;
  await load(({ trpc, queryClient }) => queryClient.fetchInfiniteQuery(historyQuery(trpc, serviceId)));
  return (
    <Hydrated>
      <ServiceHistory serviceId={serviceId} />
    </Hydrated>
  );
}
