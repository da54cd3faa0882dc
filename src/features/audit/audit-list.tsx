"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { LoadMore } from "@/ui/load-more";
import { Loading, Skeleton } from "@/ui/skeleton";
import { type AuditChoice, auditQuery } from "./audit-query";
import { AuditRow } from "./audit-row";

export function AuditList({ organizationId, area }: AuditChoice & { organizationId: string }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(auditQuery(trpc, organizationId, { area }));
  if (list.isPending) {
    return (
      <Loading label="Loading the trail">
        <Skeleton className="h-64 w-full" />
      </Loading>
    );
  }
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  const entries = list.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) {
    return (
      <EmptyState icon={ScrollText} title="Nothing of this kind was done yet">
        What people change stands here, with what it was about and where from.
      </EmptyState>
    );
  }
  return (
    <Card aria-label="Audit trail">
      <ol className="divide-y">
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} />
        ))}
      </ol>
      <LoadMore
        label="Earlier"
        hasMore={list.hasNextPage}
        pending={list.isFetchingNextPage}
        onLoad={() => list.fetchNextPage()}
      />
    </Card>
  );
}
