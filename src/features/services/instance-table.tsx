"use client";

import { isSettled } from "@/domain/service-health";
import type { Instance, Service } from "@/features/api/outputs";
import { Badge } from "@/ui/badge";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { RelativeTime } from "@/ui/relative-time";
import { Status } from "@/ui/status";
import { Table, TableCell, TableHead, TableRow } from "@/ui/table";
import type { Tone } from "@/ui/tone";
import { useNow } from "@/ui/use-now";
import { formatBytes, formatCpu, formatMemory } from "./amounts";

const tones: Record<string, { tone: Tone; label: string }> = {
  created: { tone: "waiting", label: "Created" },
  running: { tone: "good", label: "Running" },
  paused: { tone: "quiet", label: "Paused" },
  restarting: { tone: "waiting", label: "Restarting" },
  exited: { tone: "bad", label: "Exited" },
  dead: { tone: "bad", label: "Dead" },
};

/** The replicas as the worker last saw them. */
export function InstanceTable({ service }: { service: Service }) {
  const { instances } = service;
  if (instances.length === 0 && !service.liveDeployment) return null;
  return (
    <Card aria-labelledby="replicas">
      <CardHeader id="replicas" title="Replicas" />
      {instances.length === 0 ? (
        <CardBody className="text-muted">
          {service.desiredState === "stopped" ? "Stopped: no container runs." : "No container has been seen yet."}
        </CardBody>
      ) : (
        <Table label="Replicas">
          <thead>
            <tr>
              <TableHead>Replica</TableHead>
              <TableHead>State</TableHead>
              <TableHead className="text-right max-sm:hidden">Processor</TableHead>
              <TableHead className="text-right max-sm:hidden">Memory</TableHead>
              <TableHead className="text-right max-sm:hidden">Restarts</TableHead>
              <TableHead className="text-right">Started</TableHead>
            </tr>
          </thead>
          <tbody>
            {[...instances]
              .sort((left, right) => rank(left, service) - rank(right, service))
              .map((instance) => (
                <InstanceRow key={instance.name} instance={instance} service={service} />
              ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

function InstanceRow({ instance, service }: { instance: Instance; service: Service }) {
  // Of those that answer no requests the limits may be others: they were made with other settings.
  const limits = instance.releaseId === service.liveReleaseId ? service.liveRuntime : null;
  // What was measured of a container that has ended is over.
  const measured = instance.status === "running" ? instance : { cpuMillis: null, memoryBytes: null };
  const processor = <Amount used={formatCores(measured.cpuMillis)} limit={limits && formatCpu(limits.cpuMillis)} />;
  const memory = <Amount used={formatUsed(measured.memoryBytes)} limit={limits && formatMemory(limits.memoryMib)} />;
  return (
    <TableRow>
      <TableCell className="tabular font-medium" title={instance.name}>
        <span className="flex flex-wrap items-center gap-x-2">
          {instance.replica + 1}
          <Role instance={instance} service={service} />
        </span>
      </TableCell>
      <TableCell>
        <InstanceStatus instance={instance} service={service} />
        <ExitReason instance={instance} />
        {/* On a phone the row has no room for columns. */}
        <span className="tabular block text-xs sm:hidden">
          {measured.cpuMillis !== null && <span className="block">{processor}</span>}
          {measured.memoryBytes !== null && <span className="block">{memory}</span>}
          {instance.restartCount > 0 && (
            <span className="block">
              {instance.restartCount === 1 ? "1 restart" : `${instance.restartCount} restarts`}
            </span>
          )}
        </span>
      </TableCell>
      <TableCell className="tabular whitespace-nowrap text-right max-sm:hidden">{processor}</TableCell>
      <TableCell className="tabular whitespace-nowrap text-right max-sm:hidden">{memory}</TableCell>
      <TableCell className="tabular text-right max-sm:hidden">{instance.restartCount}</TableCell>
      <TableCell className="text-right text-muted max-sm:align-top">
        {instance.startedAt && instance.status === "running" ? <RelativeTime at={instance.startedAt} /> : <None />}
      </TableCell>
    </TableRow>
  );
}

function Amount({ used, limit }: { used: string | null; limit: string | null }) {
  if (used === null) return <None />;
  return (
    <>
      {used}
      {limit !== null && <span className="text-subtle"> of {limit}</span>}
    </>
  );
}

function formatCores(millis: number | null): string | null {
  return millis === null ? null : (millis / 1000).toFixed(2);
}

function formatUsed(bytes: number | null): string | null {
  return bytes === null ? null : formatBytes(bytes);
}

function InstanceStatus({ instance, service }: { instance: Instance; service: Service }) {
  const now = useNow(5000);
  return (
    <span suppressHydrationWarning>
      <Status {...stateOf(instance, service, new Date(now))} />
    </span>
  );
}

function stateOf(instance: Instance, service: Service, now: Date): { tone: Tone; label: string } {
  // Ended because somebody wanted it: no failure.
  if (instance.status === "exited" && service.desiredState === "stopped") return { tone: "quiet", label: "Stopped" };
  const startedAt = instance.startedAt === null ? null : new Date(instance.startedAt);
  if (instance.status === "running" && !isSettled({ ...instance, startedAt }, now)) {
    return { tone: "waiting", label: "Restarted" };
  }
  return tones[instance.status] ?? { tone: "quiet", label: instance.status };
}

/** Those that answer requests first, each release by replica. */
function rank(instance: Instance, service: Service): number {
  return (instance.releaseId === service.liveReleaseId ? 0 : 1000) + instance.replica;
}

/** Says what a container is there for that answers no requests. */
function Role({ instance, service }: { instance: Instance; service: Service }) {
  if (instance.releaseId === service.liveReleaseId) return null;
  return <Badge>{instance.releaseId === service.latestDeployment?.id ? "Next release" : "Kept for rollback"}</Badge>;
}

function ExitReason({ instance }: { instance: Instance }) {
  if (instance.outOfMemory) return <span className="block text-bad text-xs">Out of memory</span>;
  if (instance.status === "running" || instance.exitCode === null || instance.exitCode === 0) return null;
  return <span className="block text-bad text-xs">Exit code {instance.exitCode}</span>;
}

function None() {
  return (
    <span className="text-subtle">
      <span aria-hidden>-</span>
      <span className="sr-only">unknown</span>
    </span>
  );
}
