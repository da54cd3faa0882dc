import type { useTRPC } from "@/features/api/trpc";

type Trpc = ReturnType<typeof useTRPC>;

/** One definition for the page that fetches ahead and the component that reads. */
export function cleanupListQuery(trpc: Trpc, organizationId: string) {
  return trpc.storage.cleanups.infiniteQueryOptions(
    { organizationId, limit: 10 },
    { getNextPageParam: (page) => page.nextCursor },
  );
}

export function cleanupItemsQuery(trpc: Trpc, organizationId: string, cleanupId: string) {
  return trpc.storage.cleanupItems.infiniteQueryOptions(
    { organizationId, cleanupId, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor },
  );
}

export function strayListQuery(trpc: Trpc, organizationId: string) {
  return trpc.storage.strays.infiniteQueryOptions(
    { organizationId, limit: 25 },
    { getNextPageParam: (page) => page.nextCursor },
  );
}
