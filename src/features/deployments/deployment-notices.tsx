"use client";

import Link from "next/link";
import { isFinished } from "@/domain/deployment/status";
import type { Blame, ErrorCode } from "@/domain/errors";
import type { Deployment, Service } from "@/features/api/outputs";
import { FailingNotice, isFailing } from "@/features/services/failing-notice";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { ErrorFacts } from "./error-facts";
import { WaitingNotice } from "./waiting-notice";

const sides: Record<Blame, string> = {
  input: "What was entered",
  application: "The application",
  platform: "The platform",
};

/** Errors of a container that ran: what it wrote says more than we can. */
const inRuntimeLog: ReadonlySet<ErrorCode> = new Set([
  "container_exited",
  "container_out_of_memory",
  "port_not_open",
  "health_check_failed",
]);

type DeploymentNoticesProps = { deployment: Deployment; service: Service | undefined };

/** What a person must know of this deployment before anything else. */
export function DeploymentNotices({ deployment, service }: DeploymentNoticesProps) {
  const { error, supersededBy, rollbackOf, serviceId, status, waiting, warmUntil, isLive, cutConnections } = deployment;
  const { workerRunning, reason, guarded } = deployment;
  const linkTo = (other: { id: string; number: number }) => (
    <Link className="link" href={`/services/${serviceId}/deployments/${other.id}`}>
      #{other.number}
    </Link>
  );
  return (
    <>
      {error && <Failure deployment={deployment} error={error} live={service?.liveDeployment ?? null} />}
      {isLive && service && isFailing(service.health) && <FailingNotice service={service} health={service.health} />}
      {waiting && <WaitingNotice waiting={waiting} serviceId={serviceId} />}
      {!waiting && !isFinished(status) && !workerRunning && (
        <Notice tone="waiting" role="status" title="This deployment stands still: no worker is running">
          It goes on from where it is as soon as one runs.
        </Notice>
      )}
      {status === "superseded" && (
        <Notice tone="quiet" title="A newer deployment took its place before it began">
          {supersededBy && <>See {linkTo(supersededBy)}.</>}
        </Notice>
      )}
      {rollbackOf && (
        <Notice tone={reason ? "waiting" : "quiet"} title={<>This goes back to {linkTo(rollbackOf)}</>}>
          {reason && <p>The guard decided so. {reason}</p>}
          Image, settings and variables are those of that deployment.
        </Notice>
      )}
      {guarded && (
        <Notice
          tone="bad"
          title={
            guarded.wentBackBy ? (
              <>The guard went back from this deployment with {linkTo(guarded.wentBackBy)}</>
            ) : (
              "The guard would have gone back from this deployment, but the former image is gone"
            )
          }
        >
          {guarded.reason}
        </Notice>
      )}
      {warmUntil && !isLive && (
        <Notice tone="quiet" title="Its containers still run: rolling back to it is instant">
          They are stopped when the window for it is over. After that, going back starts them anew.
        </Notice>
      )}
      {!!cutConnections && (
        <Notice
          tone="quiet"
          title={
            cutConnections === 1
              ? "One request was cut when it was replaced"
              : `${cutConnections} requests were cut when it was replaced`
          }
        >
          They were still under way when the time to end was over.
        </Notice>
      )}
    </>
  );
}

type FailureProps = {
  deployment: Deployment;
  error: NonNullable<Deployment["error"]>;
  live: { id: string; number: number } | null;
};

function Failure({ deployment, error, live }: FailureProps) {
  const base = `/services/${deployment.serviceId}`;
  return (
    <Notice
      tone="bad"
      role="alert"
      title={error.message}
      actions={
        inRuntimeLog.has(error.code) ? (
          <Button asChild>
            <Link href={`${base}/deployments/${deployment.id}/logs`}>Read its log</Link>
          </Button>
        ) : (
          error.blame === "input" && (
            <Button asChild>
              <Link href={`${base}/settings`}>Open the settings</Link>
            </Button>
          )
        )
      }
    >
      <p>{error.fix}</p>
      {live && live.number < deployment.number && <p>#{live.number} still serves every request.</p>}
      <p className="mt-2 flex items-center gap-2 text-xs">
        <span className="text-subtle">Cause</span>
        <Badge tone="bad">{sides[error.blame]}</Badge>
      </p>
      <ErrorFacts details={error.details} />
    </Notice>
  );
}
