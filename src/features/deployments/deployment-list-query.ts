import type { InfiniteData } from "@tanstack/react-query";
import type { Outputs } from "@/features/api/outputs";
import type { useTRPC } from "@/features/api/trpc";

/** One definition for the page that fetches ahead and the component that reads. */
export function deploymentListQuery(trpc: ReturnType<typeof useTRPC>, serviceId: string) {
  return trpc.deployment.list.infiniteQueryOptions(
    { serviceId, limit: 25 },
    { getNextPageParam: (page) => page.nextCursor },
  );
}

/** The lists of a service's deployments in which one waits. */
export function waitingLists(trpc: ReturnType<typeof useTRPC>, serviceId: string) {
  const { queryKey } = deploymentListQuery(trpc, serviceId);
  return {
    queryKey,
    predicate: (query: { state: { data?: unknown } }) => {
      const data = query.state.data as InfiniteData<Outputs["deployment"]["list"]> | undefined; // safe because of the key
      return data?.pages.some((page) => page.items.some((item) => item.waiting !== null)) ?? false;
    },
  };
}
