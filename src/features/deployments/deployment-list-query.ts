import type { useTRPC } from "@/features/api/trpc";

/** One definition for the page that fetches ahead and the component that reads. */
export function deploymentListQuery(trpc: ReturnType<typeof useTRPC>, serviceId: string) {
  return trpc.deployment.list.infiniteQueryOptions(
    { serviceId, limit: 25 },
    { getNextPageParam: (page) => page.nextCursor },
  );
}
