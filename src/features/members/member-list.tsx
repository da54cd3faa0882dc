"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Organization } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { Card } from "@/ui/card";
import { LoadMore } from "@/ui/load-more";
import { Loading, Skeleton } from "@/ui/skeleton";
import { memberListQuery } from "./member-queries";
import { MemberRow } from "./member-row";

export function MemberList({ organization }: { organization: Organization }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(memberListQuery(trpc, organization.id));
  if (list.isPending) {
    return (
      <Loading label="Loading the members">
        <Skeleton className="h-40 w-full" />
      </Loading>
    );
  }
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  return (
    <Card aria-label="Members">
      <ul className="divide-y">
        {list.data.pages
          .flatMap((page) => page.items)
          .map((member) => (
            <MemberRow key={member.userId} member={member} organization={organization} />
          ))}
      </ul>
      <LoadMore
        label="More members"
        hasMore={list.hasNextPage}
        pending={list.isFetchingNextPage}
        onLoad={() => list.fetchNextPage()}
      />
    </Card>
  );
}
