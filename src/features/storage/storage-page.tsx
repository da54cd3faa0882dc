"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { Breadcrumb } from "@/ui/breadcrumb";
import { PageHeader } from "@/ui/page-header";
import { Loading, Skeleton } from "@/ui/skeleton";
import { CleanupCard } from "./cleanup-card";
import { DiskCard } from "./disk-card";
import { ReportList } from "./report-list";
import { cleanupListQuery } from "./storage-queries";
import { StrayCard } from "./stray-card";
import { useStorage, useWatchStorage } from "./use-storage";

/** How full the disks are, what a cleanup would remove, what cleanups removed, and what nobody knows. */
export function StoragePage({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  useWatchStorage(organizationId);
  const storage = useStorage(organizationId);
  const list = useInfiniteQuery(cleanupListQuery(trpc, organizationId));
  const cleanups = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="flex flex-col gap-3">
        <Breadcrumb crumbs={[{ label: "Projects", href: "/projects" }, { label: "Storage" }]} />
        <PageHeader title="Storage" />
      </div>
      {storage.isPending && (
        <Loading label="Loading the storage">
          <Skeleton className="h-40 w-full" />
        </Loading>
      )}
      {storage.isError && <ErrorNotice error={storage.error} onRetry={() => storage.refetch()} />}
      {storage.data && (
        <>
          <DiskCard storage={storage.data} />
          <CleanupCard organizationId={organizationId} storage={storage.data} cleanups={cleanups} />
          <StrayCard organizationId={organizationId} />
          <ReportList
            organizationId={organizationId}
            cleanups={cleanups}
            more={{
              hasMore: list.hasNextPage,
              pending: list.isFetchingNextPage,
              onLoad: () => void list.fetchNextPage(),
            }}
          />
        </>
      )}
    </>
  );
}
