"use client";

import { describeHealth } from "@/domain/health/describe-check";
import type { Deployment } from "@/features/api/outputs";
import { formatBytes, formatCpu, formatMemory } from "@/features/services/amounts";
import { describeSource } from "@/features/services/describe-source";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { CopyButton } from "@/ui/copy-button";
import { KeyValue, KeyValueList } from "@/ui/key-value";
import { PlanSummary } from "./plan-summary";
import { useDeployment } from "./use-deployment";

/** What was frozen into the deployment when it was made, and how it was built. */
export function DeploymentConfiguration({ deploymentId }: { deploymentId: string }) {
  const deployment = useDeployment(deploymentId).data;
  if (!deployment) return null;
  return (
    <div className="flex flex-col gap-4">
      <Card aria-labelledby="plan">
        <CardHeader id="plan" title="Build plan" description="How this commit is built and started." />
        <CardBody>
          {deployment.plan ? (
            <PlanSummary plan={deployment.plan} />
          ) : (
            <p className="text-muted">The plan is made once the commit was fetched.</p>
          )}
        </CardBody>
      </Card>
      <Inputs deployment={deployment} />
    </div>
  );
}

function Inputs({ deployment }: { deployment: Deployment }) {
  const { runtime, source, hosts } = deployment.snapshot;
  const { label, detail } = describeSource(source);
  return (
    <Card aria-labelledby="inputs">
      <CardHeader
        id="inputs"
        title="Settings of this deployment"
        description="As they were when it was made. Later changes of the service do not reach it."
      />
      <CardBody>
        <KeyValueList className="sm:grid-cols-2 lg:grid-cols-3">
          <KeyValue label="Source">
            {label}
            {detail && <span className="text-muted">, {detail}</span>}
          </KeyValue>
          <KeyValue label="Addresses">{hosts.join(", ")}</KeyValue>
          <KeyValue label="Replicas">
            {runtime.replicas}, each {formatMemory(runtime.memoryMib)} and {formatCpu(runtime.cpuMillis)}
          </KeyValue>
          <KeyValue label="Port">{runtime.port ?? "As detected"}</KeyValue>
          <KeyValue label="Health check">{describeHealth(runtime.health)}</KeyValue>
          <KeyValue label="File system">{runtime.readOnlyRoot ? "Read-only, but /tmp and /run" : "Writable"}</KeyValue>
          <Image deployment={deployment} />
          <KeyValue label="Variables" className="sm:col-span-2 lg:col-span-3">
            {deployment.environmentKeys.length === 0 ? (
              <span className="text-muted">None</span>
            ) : (
              <span className="flex flex-wrap gap-1.5 pt-0.5">
                {deployment.environmentKeys.map((key) => (
                  <code key={key} className="break-all rounded-sm bg-quiet-wash px-1.5 font-mono text-xs leading-5">
                    {key}
                  </code>
                ))}
              </span>
            )}
          </KeyValue>
        </KeyValueList>
      </CardBody>
    </Card>
  );
}

function Image({ deployment }: { deployment: Deployment }) {
  if (!deployment.imageReference) return null;
  return (
    <KeyValue label="Image" className="sm:col-span-2">
      <span className="flex min-w-0 items-center gap-1">
        <code className="truncate font-mono text-xs">{deployment.imageReference}</code>
        <CopyButton text={deployment.imageReference} label="Copy the image reference" />
        {deployment.imageSizeBytes !== null && (
          <span className="shrink-0 text-muted">{formatBytes(deployment.imageSizeBytes)}</span>
        )}
      </span>
    </KeyValue>
  );
}
