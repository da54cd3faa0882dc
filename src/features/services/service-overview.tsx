"use client";

import { Rocket } from "lucide-react";
import Link from "next/link";
import { describeHealth } from "@/domain/health/describe-check";
import type { Service } from "@/features/api/outputs";
import { CommitSha } from "@/features/deployments/commit";
import { DeploymentStatus } from "@/features/deployments/deployment-status";
import { subject } from "@/features/deployments/describe";
import { useCan } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { KeyValue, KeyValueList } from "@/ui/key-value";
import { RelativeTime } from "@/ui/relative-time";
import { formatCpu, formatMemory } from "./amounts";
import { describeSource } from "./describe-source";
import { Health } from "./health";
import { InstanceTable } from "./instance-table";
import { useService } from "./use-service";
import { useServiceActions } from "./use-service-actions";

export function ServiceOverview({ serviceId }: { serviceId: string }) {
  const service = useService(serviceId).data;
  // The frame around this shows what is wrong or under way.
  if (!service) return null;
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        {service.liveDeployment || service.latestDeployment ? (
          <DeploymentCard service={service} />
        ) : (
          <NeverDeployed service={service} />
        )}
        <InstanceTable service={service} />
      </div>
      <ConfigurationCard service={service} />
    </div>
  );
}

function DeploymentCard({ service }: { service: Service }) {
  const { liveDeployment } = service;
  const shown = liveDeployment ?? service.latestDeployment;
  if (!shown) return null;
  const isStopped = liveDeployment !== null && service.desiredState === "stopped";
  return (
    <Card aria-labelledby="live-deployment">
      <CardHeader
        id="live-deployment"
        title={liveDeployment && !isStopped ? "Live deployment" : "Last deployment"}
        actions={
          <Button asChild size="sm">
            <Link href={`/services/${service.id}/deployments/${shown.id}`}>Details</Link>
          </Button>
        }
      />
      <CardBody className="flex flex-col gap-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-base">
          <span className="tabular font-semibold">#{shown.number}</span>
          {isStopped ? <Health health={service.health} /> : <DeploymentStatus status={shown.status} />}
          <RelativeTime at={shown.finishedAt ?? shown.createdAt} className="text-muted text-sm" />
        </p>
        {(shown.commitMessage || shown.commitSha) && (
          <p className="flex min-w-0 items-center gap-2">
            {shown.commitSha && <CommitSha sha={shown.commitSha} />}
            {shown.commitMessage && <span className="truncate">{subject(shown.commitMessage)}</span>}
          </p>
        )}
      </CardBody>
    </Card>
  );
}

function NeverDeployed({ service }: { service: Service }) {
  const { deploy, deploying } = useServiceActions(service.id);
  const allowed = useCan(service.organizationId);
  return (
    <EmptyState
      icon={Rocket}
      title="Not deployed yet"
      action={
        allowed("deployment.create") && (
          <Button variant="primary" onClick={deploy} pending={deploying}>
            Deploy now
          </Button>
        )
      }
    >
      Check variables and settings first, if you like. The first deployment puts the service online.
    </EmptyState>
  );
}

function ConfigurationCard({ service }: { service: Service }) {
  const source = describeSource(service.source);
  const { runtime } = service;
  return (
    <Card aria-labelledby="configuration" className="self-start">
      <CardHeader
        id="configuration"
        title="Configuration"
        actions={
          <Button asChild size="sm">
            <Link href={`/services/${service.id}/settings`}>Change</Link>
          </Button>
        }
      />
      <CardBody>
        <KeyValueList>
          <KeyValue label={service.source.type === "git" ? "Repository" : "Image"}>{source.label}</KeyValue>
          {service.source.type === "git" && (
            <KeyValue label="Branch">
              <code className="font-mono text-xs">{service.source.branch}</code>
              {service.source.rootDirectory !== "" && (
                <span className="text-muted">
                  {" in "}
                  <code className="font-mono text-xs">{service.source.rootDirectory}</code>
                </span>
              )}
            </KeyValue>
          )}
          <KeyValue label="Each replica">
            {formatMemory(runtime.memoryMib)}, {formatCpu(runtime.cpuMillis)}
          </KeyValue>
          <KeyValue label="Replicas">{runtime.replicas}</KeyValue>
          <KeyValue label="Health check">{describeHealth(runtime.health)}</KeyValue>
          <KeyValue label="Environment">{service.environmentName}</KeyValue>
        </KeyValueList>
      </CardBody>
    </Card>
  );
}
