import type { useTRPC } from "@/features/api/trpc";
import { whileFailing } from "@/features/api/while-failing";

/** One definition for the page that fetches ahead and the component that reads. */
export function projectListQuery(trpc: ReturnType<typeof useTRPC>, organizationId: string) {
  return trpc.project.list.infiniteQueryOptions(
    { organizationId, limit: 50 },
    {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: ({ state }) =>
        whileFailing(
          state.data?.pages.some(({ items }) => items.some(({ failingCount }) => failingCount > 0)) ?? false,
        ),
    },
  );
}
