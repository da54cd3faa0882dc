import { Hydrated, load } from "@/app/prefetch";
import { ServiceVariables } from "@/features/variables/service-variables";

export default async function Page({ params }: { params: Promise<{ serviceId: string }> }) {
  const { serviceId } = await params;
  await load(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.variable.list.queryOptions({ serviceId })));
  return (
    <Hydrated>
      <ServiceVariables serviceId={serviceId} />
    </Hydrated>
  );
}
