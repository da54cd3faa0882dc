"use client";

import { CircleDashed } from "lucide-react";
import { deploymentPhases, isFinished } from "@/domain/deployment/status";
import type { Deployment, Phase } from "@/features/api/outputs";
import { Card, CardHeader } from "@/ui/card";
import { cn } from "@/ui/cn";
import { formatDuration } from "@/ui/format-time";
import { Duration } from "@/ui/relative-time";
import { ToneIcon } from "@/ui/status";
import type { Tone } from "@/ui/tone";
import { phaseLabels } from "./describe";
import { type Waited, waitedFor } from "./describe-waiting";
import { InTheWay } from "./in-the-way";

const outcomes: Record<NonNullable<Phase["outcome"]>, { tone: Tone; label: string }> = {
  done: { tone: "good", label: "Done" },
  skipped: { tone: "quiet", label: "Skipped" },
  failed: { tone: "bad", label: "Failed" },
  cancelled: { tone: "quiet", label: "Cancelled" },
};

/** What was done, how long it took, and what is still to come. */
export function PhaseTimeline({ deployment }: { deployment: Deployment }) {
  const byName = new Map(deployment.phases.map((phase) => [phase.phase, phase]));
  const over = isFinished(deployment.status);
  // What did not happen is of interest only while it may still happen.
  const shown = deploymentPhases.filter((name) => byName.has(name) || !over);
  return (
    <Card aria-labelledby="timeline" className="self-start">
      <CardHeader id="timeline" title="Timeline" />
      <ol className="flex flex-col px-4 py-2" aria-labelledby="timeline">
        {shown.map((name, index) => (
          <PhaseItem
            key={name}
            label={phaseLabels[name]}
            phase={byName.get(name)}
            serviceId={deployment.serviceId}
            isLast={index === shown.length - 1}
          />
        ))}
      </ol>
    </Card>
  );
}

type PhaseItemProps = { label: string; phase: Phase | undefined; serviceId: string; isLast: boolean };

function PhaseItem({ label, phase, serviceId, isLast }: PhaseItemProps) {
  const state = stateOf(phase);
  return (
    <li className="relative flex gap-3 py-2" aria-current={state.label === "Under way" ? "step" : undefined}>
      {!isLast && <span aria-hidden className="absolute top-7 bottom-[-0.375rem] left-2 w-px bg-border" />}
      {phase ? (
        <ToneIcon tone={state.tone} className="mt-0.5" />
      ) : (
        <CircleDashed aria-hidden className="mt-0.5 size-4 shrink-0 text-quiet-mark" />
      )}
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3">
          <span className={cn("font-medium", !phase && "font-normal text-subtle")}>
            {label}
            <span className="sr-only">: {state.label}</span>
          </span>
          {phase && (
            <span className="text-muted text-xs">
              {phase.outcome === "skipped" ? "skipped" : <Duration from={phase.startedAt} until={phase.finishedAt} />}
            </span>
          )}
        </div>
        {phase?.note && <p className="break-words text-muted text-xs">{phase.note}</p>}
        {phase && <Waits waits={phase.waits} serviceId={serviceId} />}
        {phase?.error && <p className="break-words text-bad text-xs">{phase.error.message}</p>}
      </div>
    </li>
  );
}

/** What the time in the queue was waited for; the moment that every deployment takes to be found is not worth a line. */
function Waits({ waits, serviceId }: { waits: Waited[]; serviceId: string }) {
  const shown = waits.filter(({ reason, ms }) => reason !== "worker" || (ms !== null && ms >= 1_000));
  if (shown.length === 0) return null;
  return (
    <ul className="flex flex-col text-muted text-xs">
      {shown.map(({ reason, since, ms, deployments, others }) => (
        <li key={since} className="break-words">
          {ms === null ? "Waiting" : formatDuration(ms)} {waitedFor[reason]}
          {(deployments.length > 0 || others > 0) && ": "}
          <InTheWay deployments={deployments} others={others} serviceId={serviceId} />
        </li>
      ))}
    </ul>
  );
}

function stateOf(phase: Phase | undefined): { tone: Tone; label: string } {
  if (!phase) return { tone: "quiet", label: "To come" };
  if (phase.outcome === null) return { tone: "active", label: "Under way" };
  return outcomes[phase.outcome];
}
