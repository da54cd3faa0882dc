"use client";

import { useState } from "react";
import type { Cleanup } from "@/features/api/outputs";
import { formatBytes } from "@/features/services/amounts";
import { Button } from "@/ui/button";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { LoadMore } from "@/ui/load-more";
import { RelativeTime } from "@/ui/relative-time";
import { Status } from "@/ui/status";
import type { Tone } from "@/ui/tone";
import { CleanupItems } from "./cleanup-items";
import { triggerLabels } from "./describe-cleanup";

type ReportListProps = {
  organizationId: string;
  cleanups: readonly Cleanup[];
  more: { hasMore: boolean; pending: boolean; onLoad: () => void };
};

/** What cleanups removed, newest first. */
export function ReportList({ organizationId, cleanups, more }: ReportListProps) {
  const runs = cleanups.filter((one) => one.mode === "clean");
  return (
    <Card aria-labelledby="reports">
      <CardHeader id="reports" title="Reports" description="Kept for 90 days." />
      {runs.length === 0 && <CardBody className="text-muted">Nothing has been cleaned yet.</CardBody>}
      <ul className="divide-y">
        {runs.map((run) => (
          <Report key={run.id} organizationId={organizationId} run={run} />
        ))}
      </ul>
      <LoadMore label="Earlier reports" {...more} />
    </Card>
  );
}

function Report({ organizationId, run }: { organizationId: string; run: Cleanup }) {
  const [open, setOpen] = useState(false);
  const { counts } = run;
  const trigger = run.requestedBy ? `${triggerLabels[run.trigger]} by ${run.requestedBy}` : triggerLabels[run.trigger];
  return (
    <li>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
        <Status {...stateOf(run)} />
        <span className="min-w-0 flex-1">
          {describeResult(run)}
          <span className="block text-muted text-xs">
            {trigger}, <RelativeTime at={run.createdAt} />
            {run.error && `. ${run.error.message}`}
          </span>
        </span>
        {counts.planned > 0 && (
          <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Hide" : "What went"}
          </Button>
        )}
      </div>
      {open && <CleanupItems organizationId={organizationId} cleanupId={run.id} label="What went" />}
    </li>
  );
}

function describeResult({ counts, status, freedBytes }: Cleanup): string {
  if (status === "queued") return "Looking at what can go";
  if (counts.planned === 0) return "Nothing could go";
  return `${counts.removed} of ${counts.planned} removed, ${formatBytes(freedBytes)} freed`;
}

function stateOf(run: Cleanup): { tone: Tone; label: string } {
  if (run.status !== "done") return { tone: "active", label: run.status === "queued" ? "Waiting" : "Cleaning" };
  return run.error || run.counts.failed > 0 ? { tone: "waiting", label: "In part" } : { tone: "good", label: "Done" };
}
