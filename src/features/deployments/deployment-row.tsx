"use client";

import { Ellipsis, RotateCcw, Undo2, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { DeploymentSummary } from "@/features/api/outputs";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "@/ui/dropdown-menu";
import { Duration, RelativeTime } from "@/ui/relative-time";
import { CommitSha } from "./commit";
import { DeploymentStatus } from "./deployment-status";
import { describeDeployment, describeTrigger } from "./describe";
import { describePlace } from "./describe-waiting";
import { RollbackDialog } from "./rollback-dialog";
import { useDeploymentActions } from "./use-deployment-actions";

type DeploymentRowProps = { deployment: DeploymentSummary; mayDeploy: boolean; mayCancel: boolean };

export function DeploymentRow({ deployment, mayDeploy, mayCancel }: DeploymentRowProps) {
  const { id, serviceId, number } = deployment;
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 px-4 py-3 transition-colors first:rounded-t-lg last:rounded-b-lg hover:bg-hover md:grid-cols-[9.5rem_minmax(0,1fr)_6rem_6rem_2rem]">
      <div className="flex items-center gap-2 self-start max-md:order-2 max-md:justify-self-end md:self-center">
        <DeploymentStatus status={deployment.status} />
      </div>
      <div className="flex min-w-0 flex-col gap-0.5 max-md:order-1">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 md:flex-nowrap">
          <Link
            href={`/services/${serviceId}/deployments/${id}`}
            className="flex min-w-0 items-baseline gap-2 after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:outline-offset-[-2px]"
          >
            <span className="tabular shrink-0 font-semibold">#{number}</span>
            <span className="truncate">{describeDeployment(deployment)}</span>
          </Link>
          {deployment.waiting && <Badge>{describePlace(deployment.waiting)}</Badge>}
          {deployment.supersededBy && (
            <Link
              href={`/services/${serviceId}/deployments/${deployment.supersededBy.id}`}
              className="link relative z-10 shrink-0 text-xs"
            >
              superseded by #{deployment.supersededBy.number}
            </Link>
          )}
          {deployment.warmUntil && !deployment.isLive && <Badge>Instant rollback</Badge>}
        </div>
        <Origin deployment={deployment} />
      </div>
      <span className="text-right text-muted max-md:order-4 max-md:text-xs">
        {deployment.startedAt && <span className="sr-only">Took </span>}
        {deployment.startedAt && <Duration from={deployment.startedAt} until={deployment.finishedAt} />}
      </span>
      <RelativeTime at={deployment.createdAt} className="text-subtle text-xs max-md:order-3 md:text-right" />
      <div className="relative z-10 max-md:order-5 max-md:hidden">
        <RowMenu deployment={deployment} mayDeploy={mayDeploy} mayCancel={mayCancel} />
      </div>
    </li>
  );
}

function Origin({ deployment }: { deployment: DeploymentSummary }) {
  const { commitSha, branch, commitAuthor, buildSkipped } = deployment;
  const facts = [
    branch,
    commitAuthor,
    describeTrigger(deployment),
    buildSkipped === "content" && "Same content, not built",
  ].filter((fact) => typeof fact === "string");
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-3 text-subtle text-xs">
      {commitSha && <CommitSha sha={commitSha} />}
      {facts.map((fact) => (
        <span key={fact} className="truncate">
          {fact}
        </span>
      ))}
    </span>
  );
}

function RowMenu({ deployment, mayDeploy, mayCancel }: DeploymentRowProps) {
  const actions = useDeploymentActions(deployment);
  const [confirming, setConfirming] = useState(false);
  const offersCancel = mayCancel && deployment.canCancel;
  const offersRollback = mayDeploy && deployment.canRollback && !deployment.isLive;
  if (!offersCancel && !offersRollback && !mayDeploy) return null;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={`Actions for #${deployment.number}`}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {offersRollback && (
            <DropdownMenuItem onSelect={() => setConfirming(true)}>
              <Undo2 aria-hidden />
              Roll back to this
            </DropdownMenuItem>
          )}
          {mayDeploy && (
            <DropdownMenuItem onSelect={actions.redeploy}>
              <RotateCcw aria-hidden />
              {deployment.commitSha ? "Deploy this commit again" : "Deploy again"}
            </DropdownMenuItem>
          )}
          {offersCancel && (
            <DropdownMenuItem tone="danger" onSelect={actions.cancel}>
              <X aria-hidden />
              Cancel
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <RollbackDialog
        deployment={deployment}
        open={confirming}
        onOpenChange={setConfirming}
        pending={actions.rollingBack}
        onConfirm={actions.rollback}
      />
    </>
  );
}
