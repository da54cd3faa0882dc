import type { useTRPC } from "@/features/api/trpc";

/** One definition for the page that fetches ahead and the component that reads. */
export function serviceListQuery(trpc: ReturnType<typeof useTRPC>, projectId: string) {
  return trpc.service.list.infiniteQueryOptions(
    { projectId, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor },
  );
}
