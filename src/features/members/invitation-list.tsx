"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { Invitation } from "@/features/api/outputs";
import { toastError } from "@/features/api/toast-error";
import { useTRPC } from "@/features/api/trpc";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { Button } from "@/ui/button";
import { Card, CardHeader } from "@/ui/card";
import { formatDate } from "@/ui/format-time";
import { LoadMore } from "@/ui/load-more";
import { RelativeTime } from "@/ui/relative-time";
import { toast } from "@/ui/toast";
import { invitationListQuery } from "./member-queries";
import { roleTable } from "./role-table";

/** Those that can still be accepted; nothing where there are none. */
export function InvitationList({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(invitationListQuery(trpc, organizationId));
  const invitations = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (invitations.length === 0) return null;
  return (
    <Card aria-labelledby="invitations">
      <CardHeader id="invitations" title="Open invitations" description="Each can be accepted once." />
      <ul className="divide-y">
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} organizationId={organizationId} />
        ))}
      </ul>
      <LoadMore
        label="More invitations"
        hasMore={list.hasNextPage}
        pending={list.isFetchingNextPage}
        onLoad={() => list.fetchNextPage()}
      />
    </Card>
  );
}

function InvitationRow({ invitation, organizationId }: { invitation: Invitation; organizationId: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const revoke = useSingleMutation(
    trpc.invitation.revoke.mutationOptions({
      onError: toastError,
      onSuccess: () => toast.success("Invitation revoked"),
      onSettled: () => queryClient.invalidateQueries(trpc.invitation.list.pathFilter()),
    }),
  );
  const forWhom = invitation.email ?? "Whoever has the link";
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-48 flex-col gap-0.5">
        <span className="truncate font-medium">{forWhom}</span>
        <span className="text-muted text-xs">
          as {roleTable[invitation.role].label.toLowerCase()}
          {invitation.invitedBy && `, by ${invitation.invitedBy}`}, made <RelativeTime at={invitation.createdAt} />,
          valid until {formatDate(Date.parse(invitation.expiresAt))}
        </span>
      </div>
      <Button
        size="sm"
        aria-label={`Revoke the invitation: ${forWhom}`}
        pending={revoke.isPending}
        onClick={() => revoke.mutate({ organizationId, invitationId: invitation.id })}
      >
        Revoke
      </Button>
    </li>
  );
}
