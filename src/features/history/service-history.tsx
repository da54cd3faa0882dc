"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import Link from "next/link";
import { statusTable } from "@/domain/deployment/status";
import { ErrorNotice } from "@/features/api/error-notice";
import type { HistoryItem } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { describeDeployment, describeTrigger } from "@/features/deployments/describe";
import { useService } from "@/features/services/use-service";
import { Card } from "@/ui/card";
import { Disclosure } from "@/ui/disclosure";
import { EmptyState } from "@/ui/empty-state";
import { ExactTime } from "@/ui/exact-time";
import { LoadMore } from "@/ui/load-more";
import { RelativeTime } from "@/ui/relative-time";
import { Loading, Skeleton } from "@/ui/skeleton";
import { ToneIcon } from "@/ui/status";
import { describeEvent } from "./describe-event";
import { type CrashLoop, foldCrashes } from "./fold-crashes";
import { historyQuery } from "./history-query";

/** What happened to a service, newest first: its deployments, and what became of its containers between them. */
export function ServiceHistory({ serviceId }: { serviceId: string }) {
  const trpc = useTRPC();
  const service = useService(serviceId);
  const list = useInfiniteQuery(historyQuery(trpc, serviceId));
  // The frame around this says why there is no service.
  if (service.isError) return null;
  if (list.isPending) return <HistorySkeleton />;
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <EmptyState icon={Activity} title="Nothing happened yet">
        Deployments stand here, and every end, restart and replacement of a container with its cause.
      </EmptyState>
    );
  }
  return (
    <Card aria-label="History">
      <ol className="divide-y">
        {foldCrashes(items).map((item) => (
          <li key={item.id}>
            {item.type === "event" && <EventRow item={item} />}
            {item.type === "crash-loop" && <CrashLoopRow loop={item} />}
            {item.type === "deployment" && <DeploymentItem item={item} />}
          </li>
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

const rowClasses = "grid grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-3 px-4 py-2.5";

function EventRow({ item }: { item: Extract<HistoryItem, { type: "event" }> }) {
  const { title, detail, tone } = describeEvent(item.event);
  return (
    <div className={rowClasses}>
      <ToneIcon tone={tone} className="translate-y-0.5 self-start" />
      <div className="min-w-0">
        <p className="break-words">{title}</p>
        {detail && <p className="break-words text-muted text-xs">{detail}</p>}
      </div>
      <RelativeTime at={item.at} className="text-subtle text-xs" />
    </div>
  );
}

/** Each end with its moment is one click away. */
function CrashLoopRow({ loop }: { loop: CrashLoop }) {
  const [newest] = loop.items;
  const oldest = loop.items.at(-1);
  return (
    <div className={rowClasses}>
      <ToneIcon tone="bad" className="translate-y-0.5 self-start" />
      <div className="min-w-0">
        <p className="break-words">
          {loop.title}, {loop.ends} times
        </p>
        <p className="text-muted text-xs">
          Started again each time. It began {oldest && <RelativeTime at={oldest.at} />}.
        </p>
        <Disclosure summary="Show each" className="mt-1 text-muted">
          <ol className="flex flex-col gap-1 text-xs">
            {loop.items.map(({ id, at, event }) => (
              <li key={id} className="flex flex-wrap gap-x-3">
                <ExactTime at={at} />
                <span>{describeEvent(event).title}</span>
              </li>
            ))}
          </ol>
        </Disclosure>
      </div>
      {newest && <RelativeTime at={newest.at} className="text-subtle text-xs" />}
    </div>
  );
}

function DeploymentItem({ item }: { item: Extract<HistoryItem, { type: "deployment" }> }) {
  const { deployment } = item;
  const { tone, label } = statusTable[deployment.status];
  return (
    <div className={`${rowClasses} relative hover:bg-hover`}>
      <ToneIcon tone={tone} className="translate-y-0.5 self-start" />
      <div className="min-w-0">
        <Link
          href={`/services/${deployment.serviceId}/deployments/${deployment.id}`}
          className="flex min-w-0 items-baseline gap-2 after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:outline-offset-[-2px]"
        >
          <span className="tabular shrink-0 font-semibold">#{deployment.number}</span>
          <span className="truncate">{describeDeployment(deployment)}</span>
        </Link>
        <p className="break-words text-muted text-xs">
          {label} · {describeTrigger(deployment)}
        </p>
      </div>
      <RelativeTime at={item.at} className="text-subtle text-xs" />
    </div>
  );
}

function HistorySkeleton() {
  return (
    <Loading label="Loading the history">
      <Card>
        {[0, 1, 2, 3, 4].map((row) => (
          <div key={row} className="flex items-center gap-6 border-b px-4 py-3 last:border-b-0">
            <Skeleton className="h-4 w-4" />
            <Skeleton className="h-4 w-72" />
            <Skeleton className="ml-auto h-4 w-20" />
          </div>
        ))}
      </Card>
    </Loading>
  );
}
