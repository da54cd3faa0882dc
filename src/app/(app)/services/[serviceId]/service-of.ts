import type { Api } from "@/app/prefetch";

export function serviceOf(serviceId: string) {
  return ({ trpc, queryClient }: Api) => queryClient.fetchQuery(trpc.service.get.queryOptions({ serviceId }));
}
