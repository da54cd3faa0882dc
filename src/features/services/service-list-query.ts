import { isFailing } from "@/domain/service-health";
import type { useTRPC } from "@/features/api/trpc";
import { whileFailing } from "@/features/api/while-failing";

/** One definition for the page that fetches ahead and the component that reads. */
export function serviceListQuery(trpc: ReturnType<typeof useTRPC>, projectId: string, search = "") {
  return trpc.service.list.infiniteQueryOptions(
    { projectId, limit: 50, search },
    {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: ({ state }) =>
        whileFailing(state.data?.pages.some(({ items }) => items.some(({ health }) => isFailing(health))) ?? false),
    },
  );
}
