"use client";

import type { ReactNode } from "react";
import { ErrorNotice } from "@/features/api/error-notice";
import { useProjectsPath } from "@/features/organizations/use-organization";
import { Breadcrumb } from "@/ui/breadcrumb";
import { PageHeader } from "@/ui/page-header";
import { Loading, Skeleton } from "@/ui/skeleton";
import { TabLinks } from "@/ui/tab-links";
import { Health } from "./health";
import { ServiceActions } from "./service-actions";
import { ServiceAddress } from "./service-address";
import { ServiceNotices } from "./service-notices";
import { useService, useWatchService } from "./use-service";

/** Head and tabs around the pages of a service. */
export function ServiceFrame({ serviceId, children }: { serviceId: string; children: ReactNode }) {
  useWatchService(serviceId);
  const service = useService(serviceId);
  const projectsPath = useProjectsPath(service.data?.organizationId);
  if (service.isPending) return <ServiceFrameSkeleton />;
  if (!service.data) return <ErrorNotice error={service.error} onRetry={() => service.refetch()} />;
  const { name, projectId, projectName, health } = service.data;
  const base = `/services/${serviceId}`;
  return (
    <>
      <div className="flex flex-col gap-3">
        <Breadcrumb
          crumbs={[
            { label: "Projects", href: projectsPath },
            { label: projectName, href: `/projects/${projectId}` },
            { label: name },
          ]}
        />
        <PageHeader
          title={name}
          meta={
            <>
              <span role="status" className="flex">
                <Health health={health} />
              </span>
              <ServiceAddress service={service.data} className="max-w-full" />
            </>
          }
          actions={<ServiceActions service={service.data} />}
        />
        <div className="border-b">
          <TabLinks
            label="Service"
            tabs={[
              { href: base, label: "Overview" },
              { href: `${base}/deployments`, label: "Deployments" },
              { href: `${base}/history`, label: "History" },
              { href: `${base}/logs`, label: "Logs" },
              { href: `${base}/variables`, label: "Variables" },
              { href: `${base}/settings`, label: "Settings" },
            ]}
          />
        </div>
      </div>
      <ServiceNotices service={service.data} />
      {children}
    </>
  );
}

function ServiceFrameSkeleton() {
  return (
    <Loading label="Loading the service" className="flex flex-col gap-3">
      <Skeleton className="h-4 w-48" />
      <Skeleton className="h-8 w-64" />
      <Skeleton className="h-10 w-full" />
    </Loading>
  );
}
