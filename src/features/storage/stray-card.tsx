"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { StrayItem } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useCan } from "@/features/session/viewer-context";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { LoadMore } from "@/ui/load-more";
import { RelativeTime } from "@/ui/relative-time";
import { strayReasonLabels } from "./describe-cleanup";
import { strayListQuery } from "./storage-queries";
import { useStorageActions } from "./use-storage";

const kindLabels: Record<StrayItem["kind"], string> = { container: "Container", network: "Network", image: "Image" };

/** What stands on the Engine under this instance's name and that no row knows: people say whether it goes. */
export function StrayCard({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(strayListQuery(trpc, organizationId));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card aria-labelledby="strays">
      <CardHeader
        id="strays"
        title="Strays"
        description="Containers, networks and images on the Docker Engine that carry this installation's labels but belong to no service. They are removed only when you say so: another installation with the same INSTANCE_ID would show up here too."
      />
      {items.length === 0 && <CardBody className="text-muted">No strays were found.</CardBody>}
      <ul className="divide-y">
        {items.map((stray) => (
          <StrayRow key={stray.id} organizationId={organizationId} stray={stray} />
        ))}
      </ul>
      <LoadMore
        label="More"
        hasMore={list.hasNextPage}
        pending={list.isFetchingNextPage}
        onLoad={() => list.fetchNextPage()}
      />
    </Card>
  );
}

function StrayRow({ organizationId, stray }: { organizationId: string; stray: StrayItem }) {
  const allowed = useCan(organizationId);
  const { removeStray } = useStorageActions(organizationId);
  const [confirming, setConfirming] = useState(false);
  const what = `${kindLabels[stray.kind].toLowerCase()} ${stray.name}`;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <Badge>{kindLabels[stray.kind]}</Badge>
          <code className="truncate font-mono text-xs">{stray.name}</code>
        </span>
        <span className="block text-muted text-xs">
          {strayReasonLabels[stray.reason]}, first seen <RelativeTime at={stray.firstSeenAt} />
        </span>
        {stray.error && <span className="block text-bad text-xs">{stray.error.message}</span>}
      </span>
      {allowed("storage.clean") && (
        <Button
          size="sm"
          variant="danger-quiet"
          aria-label={`Remove ${what}`}
          pending={stray.removalRequested}
          onClick={() => setConfirming(true)}
        >
          Remove
        </Button>
      )}
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title={`Remove ${what}?`}
        description={<p>This cannot be undone. Make sure that no other installation uses this Docker Engine.</p>}
        confirmLabel="Remove"
        onConfirm={() => {
          setConfirming(false);
          removeStray(stray.id);
        }}
      />
    </li>
  );
}
