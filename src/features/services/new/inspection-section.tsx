"use client";

import { GitCommitHorizontal } from "lucide-react";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Inspection } from "@/features/api/outputs";
import { CommitSha } from "@/features/deployments/commit";
import { subject } from "@/features/deployments/describe";
import { PlanSummary } from "@/features/deployments/plan-summary";
import { useWorkerRunning } from "@/features/platform/use-platform";
import { Notice } from "@/ui/notice";
import { Duration } from "@/ui/relative-time";
import { Spinner } from "@/ui/spinner";

type InspectionSectionProps = {
  running: boolean;
  /** Time in ms since epoch at which it was asked for. */
  startedAt: number;
  view: Inspection | undefined;
  error: unknown;
};

/** What was found in the repository, as soon as it is found. */
export function InspectionSection({ running, startedAt, view, error }: InspectionSectionProps) {
  const workerRunning = useWorkerRunning();
  return (
    <div aria-live="polite" className="flex flex-col gap-4 empty:hidden">
      {running && (
        <p className="flex items-center gap-2 text-muted">
          <Spinner className="text-active-mark" />
          {workerRunning
            ? "Fetching the repository and looking at it"
            : "Waiting for a worker to look at the repository"}
          <span aria-hidden className="text-subtle">
            <Duration from={new Date(startedAt).toISOString()} until={null} />
          </span>
        </p>
      )}
      {!running && Boolean(error) && <ErrorNotice error={error} />}
      {!running && view?.error && (
        <Notice tone="bad" title={view.error.message}>
          {view.error.fix}
        </Notice>
      )}
      {!running && view?.result && <Found result={view.result} />}
    </div>
  );
}

function Found({ result }: { result: NonNullable<Inspection["result"]> }) {
  return (
    <>
      <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-muted">
        <GitCommitHorizontal aria-hidden className="size-4 shrink-0" />
        <span className="font-mono text-xs">{result.branch}</span>
        <CommitSha sha={result.commitSha} />
        <span className="min-w-0 truncate text-foreground">{subject(result.commitMessage)}</span>
      </p>
      {result.plan && <PlanSummary plan={result.plan} />}
      {result.planError && (
        <Notice tone="waiting" title={result.planError.message}>
          {result.planError.fix}
        </Notice>
      )}
    </>
  );
}
