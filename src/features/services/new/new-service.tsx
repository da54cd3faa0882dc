"use client";

import { ErrorNotice } from "@/features/api/error-notice";
import { useProjectsPath } from "@/features/organizations/use-organization";
import { useWatchPlatform } from "@/features/platform/use-platform";
import { useProject } from "@/features/projects/use-project";
import { useCan } from "@/features/session/viewer-context";
import { Breadcrumb } from "@/ui/breadcrumb";
import { Notice } from "@/ui/notice";
import { PageHeader } from "@/ui/page-header";
import { Loading, Skeleton } from "@/ui/skeleton";
import { NewServiceForm } from "./new-service-form";

export function NewService({ projectId }: { projectId: string }) {
  useWatchPlatform();
  const project = useProject(projectId);
  const allowed = useCan(project.data?.organizationId);
  const projectsPath = useProjectsPath(project.data?.organizationId);
  if (project.isPending) {
    return (
      <Loading label="Loading the project" className="flex flex-col gap-4">
        <Skeleton className="h-8 w-56" />
        <Skeleton className="h-64 w-full max-w-3xl" />
      </Loading>
    );
  }
  if (!project.data) return <ErrorNotice error={project.error} onRetry={() => project.refetch()} />;
  return (
    <>
      <div className="flex flex-col gap-3">
        <Breadcrumb
          crumbs={[
            { label: "Projects", href: projectsPath },
            { label: project.data.name, href: `/projects/${projectId}` },
            { label: "Add a service" },
          ]}
        />
        <PageHeader title="Add a service" />
      </div>
      {allowed("service.create") ? (
        <NewServiceForm project={project.data} />
      ) : (
        <Notice tone="quiet" title="Your role does not allow adding services">
          Ask a developer, an admin or the owner of the organization.
        </Notice>
      )}
    </>
  );
}
