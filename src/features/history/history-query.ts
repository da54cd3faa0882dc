import type { useTRPC } from "@/features/api/trpc";

/** One definition for the page that fetches ahead and the component that reads. */
export function historyQuery(trpc: ReturnType<typeof useTRPC>, serviceId: string) {
  return trpc.service.history.infiniteQueryOptions(
    { serviceId, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor },
  );
}
