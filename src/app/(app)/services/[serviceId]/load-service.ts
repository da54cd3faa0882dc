import { load } from "@/app/prefetch";

export function loadService(serviceId: string) {
  return load(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.service.get.queryOptions({ serviceId })));
}
