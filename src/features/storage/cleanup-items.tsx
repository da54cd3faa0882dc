"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ErrorNotice } from "@/features/api/error-notice";
import type { CleanupItem } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { formatBytes } from "@/features/services/amounts";
import { Badge } from "@/ui/badge";
import { LoadMore } from "@/ui/load-more";
import { Loading, Skeleton } from "@/ui/skeleton";
import { Status } from "@/ui/status";
import { Table, TableCell, TableHead, TableRow } from "@/ui/table";
import { describeItem, describeReason, kindLabels, outcomeTones } from "./describe-cleanup";
import { cleanupItemsQuery } from "./storage-queries";

type CleanupItemsProps = { organizationId: string; cleanupId: string; label: string };

/** What a plan says of each thing, and what became of it. */
export function CleanupItems({ organizationId, cleanupId, label }: CleanupItemsProps) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(cleanupItemsQuery(trpc, organizationId, cleanupId));
  if (list.isPending) {
    return (
      <Loading label={`Loading: ${label}`} className="p-4">
        <Skeleton className="h-24 w-full" />
      </Loading>
    );
  }
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="p-4 text-muted">Nothing: all there is is needed.</p>;
  return (
    <>
      <Table label={label}>
        <thead>
          <tr>
            <TableHead>What</TableHead>
            <TableHead>Why</TableHead>
            <TableHead className="text-right">Size</TableHead>
            <TableHead className="text-right">Frees</TableHead>
            <TableHead>Outcome</TableHead>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <ItemRow key={item.position} item={item} />
          ))}
        </tbody>
      </Table>
      <LoadMore
        label="More"
        hasMore={list.hasNextPage}
        pending={list.isFetchingNextPage}
        onLoad={() => list.fetchNextPage()}
      />
    </>
  );
}

function ItemRow({ item }: { item: CleanupItem }) {
  const text = describeItem(item);
  return (
    <TableRow>
      <TableCell title={item.name}>
        <span className="flex items-center gap-2">
          <Badge>{kindLabels[item.kind]}</Badge>
          {item.serviceId ? (
            <Link href={`/services/${item.serviceId}`} className="underline underline-offset-2">
              {text}
            </Link>
          ) : (
            <span className="max-w-72 truncate">{text}</span>
          )}
        </span>
      </TableCell>
      <TableCell className="whitespace-nowrap text-muted">{describeReason(item.reason)}</TableCell>
      <TableCell className="tabular whitespace-nowrap text-right text-muted">{formatBytes(item.sizeBytes)}</TableCell>
      <TableCell className="tabular whitespace-nowrap text-right">
        {item.verdict === "remove" && formatBytes(item.freesBytes)}
      </TableCell>
      <TableCell>
        <Outcome item={item} />
      </TableCell>
    </TableRow>
  );
}

function Outcome({ item }: { item: CleanupItem }) {
  if (item.outcome) {
    return (
      <>
        <Status {...outcomeTones[item.outcome]} />
        {item.error && <span className="block max-w-72 text-muted text-xs">{item.error.message}</span>}
      </>
    );
  }
  return item.verdict === "keep" ? <span className="text-muted">Stays</span> : <span>Goes</span>;
}
