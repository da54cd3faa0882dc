"use client";

import Link from "next/link";
import type { Blame } from "@/domain/errors";
import type { Deployment } from "@/features/api/outputs";
import { Badge } from "@/ui/badge";
import { Notice } from "@/ui/notice";
import { ErrorFacts } from "./error-facts";

const sides: Record<Blame, string> = {
  input: "What was entered",
  application: "The application",
  platform: "The platform",
};

/** What a person must know of this deployment before anything else. */
export function DeploymentNotices({ deployment }: { deployment: Deployment }) {
  const { error, supersededBy, rollbackOf, serviceId, status, warmUntil, isLive } = deployment;
  const linkTo = (other: { id: string; number: number }) => (
    <Link className="link" href={`/services/${serviceId}/deployments/${other.id}`}>
      #{other.number}
    </Link>
  );
  return (
    <>
      {error && (
        <Notice tone="bad" role="alert" title={error.message}>
          <p>{error.fix}</p>
          <p className="mt-2 flex items-center gap-2 text-xs">
            <span className="text-subtle">Cause</span>
            <Badge tone="bad">{sides[error.blame]}</Badge>
          </p>
          <ErrorFacts details={error.details} />
        </Notice>
      )}
      {status === "superseded" && (
        <Notice tone="quiet" title="A newer deployment took its place before it began">
          {supersededBy && <>See {linkTo(supersededBy)}.</>}
        </Notice>
      )}
      {rollbackOf && (
        <Notice tone="quiet" title={<>This goes back to {linkTo(rollbackOf)}</>}>
          Image, settings and variables are those of that deployment.
        </Notice>
      )}
      {warmUntil && !isLive && (
        <Notice tone="quiet" title="Its containers still run: rolling back to it is instant">
          They are stopped when the window for it is over. After that, going back starts them anew.
        </Notice>
      )}
    </>
  );
}
