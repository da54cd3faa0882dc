"use client";

import type { ReactNode } from "react";
import { statusTable } from "@/domain/deployment/status";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Deployment } from "@/features/api/outputs";
import { useProjectsPath } from "@/features/organizations/use-organization";
import { useService } from "@/features/services/use-service";
import { Breadcrumb, type Crumb } from "@/ui/breadcrumb";
import { PageHeader } from "@/ui/page-header";
import { Duration, RelativeTime } from "@/ui/relative-time";
import { Loading, Skeleton } from "@/ui/skeleton";
import { TabLinks } from "@/ui/tab-links";
import { CommitSha } from "./commit";
import { DeploymentActions } from "./deployment-actions";
import { DeploymentNotices } from "./deployment-notices";
import { DeploymentStatus } from "./deployment-status";
import { describeDeployment, describeTrigger } from "./describe";
import { useDeployment, useWatchDeployment } from "./use-deployment";

type DeploymentFrameProps = { serviceId: string; deploymentId: string; children: ReactNode };

/** Head and tabs around the pages of a deployment. */
export function DeploymentFrame({ serviceId, deploymentId, children }: DeploymentFrameProps) {
  useWatchDeployment(deploymentId);
  const deployment = useDeployment(deploymentId);
  const service = useService(serviceId);
  const projectsPath = useProjectsPath(service.data?.organizationId);
  if (deployment.isPending) return <DeploymentFrameSkeleton />;
  if (!deployment.data) return <ErrorNotice error={deployment.error} onRetry={() => deployment.refetch()} />;
  const base = `/services/${serviceId}/deployments/${deploymentId}`;
  return (
    <>
      <div className="flex flex-col gap-3">
        <Breadcrumb crumbs={crumbsOf(serviceId, service.data, deployment.data.number, projectsPath)} />
        <PageHeader
          title={`Deployment #${deployment.data.number}`}
          meta={<DeploymentMeta deployment={deployment.data} />}
          actions={<DeploymentActions deployment={deployment.data} service={service.data} />}
        />
        <p className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          {deployment.data.commitSha && <CommitSha sha={deployment.data.commitSha} />}
          <span className="min-w-0 break-words">{describeDeployment(deployment.data)}</span>
          <span className="text-subtle">
            {[deployment.data.branch, deployment.data.commitAuthor].filter(Boolean).join(", ")}
          </span>
        </p>
        <div className="border-b">
          <TabLinks
            label="Deployment"
            tabs={[
              { href: base, label: "Progress" },
              { href: `${base}/receipt`, label: "Receipt" },
              { href: `${base}/changes`, label: "Changes" },
              { href: `${base}/configuration`, label: "Configuration" },
              { href: `${base}/logs`, label: "Runtime log" },
            ]}
          />
        </div>
      </div>
      <DeploymentNotices deployment={deployment.data} service={service.data} />
      {children}
    </>
  );
}

function crumbsOf(
  serviceId: string,
  service: { name: string; projectId: string; projectName: string } | undefined,
  number: number,
  projectsPath: string,
): Crumb[] {
  const place: Crumb[] = service
    ? [
        { label: service.projectName, href: `/projects/${service.projectId}` },
        { label: service.name, href: `/services/${serviceId}` },
      ]
    : [{ label: "Service", href: `/services/${serviceId}` }];
  return [
    { label: "Projects", href: projectsPath },
    ...place,
    { label: "Deployments", href: `/services/${serviceId}/deployments` },
    { label: `#${number}` },
  ];
}

function DeploymentMeta({ deployment }: { deployment: Deployment }) {
  return (
    <>
      <span role="status" aria-label={`Status: ${statusTable[deployment.status].label}`} className="flex">
        <DeploymentStatus status={deployment.status} />
      </span>
      {deployment.startedAt && (
        <span>
          <span className="sr-only">Took </span>
          <Duration from={deployment.startedAt} until={deployment.finishedAt} />
        </span>
      )}
      <RelativeTime at={deployment.createdAt} />
      <span>{describeTrigger(deployment)}</span>
    </>
  );
}

function DeploymentFrameSkeleton() {
  return (
    <Loading label="Loading the deployment" className="flex flex-col gap-3">
      <Skeleton className="h-4 w-56" />
      <Skeleton className="h-8 w-64" />
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-80 w-full" />
    </Loading>
  );
}
