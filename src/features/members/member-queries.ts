import type { useTRPC } from "@/features/api/trpc";

type Api = ReturnType<typeof useTRPC>;

/** One definition for the page that fetches ahead and the components that read. */
export function memberListQuery(trpc: Api, organizationId: string) {
  return trpc.member.list.infiniteQueryOptions(
    { organizationId, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor },
  );
}

export function invitationListQuery(trpc: Api, organizationId: string) {
  return trpc.invitation.list.infiniteQueryOptions(
    { organizationId, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor },
  );
}
