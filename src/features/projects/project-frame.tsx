"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ErrorNotice } from "@/features/api/error-notice";
import { useProjectsPath } from "@/features/organizations/use-organization";
import { useCan } from "@/features/session/viewer-context";
import { Breadcrumb } from "@/ui/breadcrumb";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { PageHeader } from "@/ui/page-header";
import { Loading, Skeleton } from "@/ui/skeleton";
import { TabLinks } from "@/ui/tab-links";
import { useProject, useWatchProject } from "./use-project";

/** Head and tabs around the pages of a project. */
export function ProjectFrame({ projectId, children }: { projectId: string; children: ReactNode }) {
  useWatchProject(projectId);
  const project = useProject(projectId);
  const allowed = useCan(project.data?.organizationId);
  const projectsPath = useProjectsPath(project.data?.organizationId);

  if (project.isPending) return <ProjectFrameSkeleton />;
  if (!project.data) return <ErrorNotice error={project.error} onRetry={() => project.refetch()} />;
  const { name, deleting } = project.data;
  const base = `/projects/${projectId}`;
  return (
    <>
      <div className="flex flex-col gap-3">
        <Breadcrumb crumbs={[{ label: "Projects", href: projectsPath }, { label: name }]} />
        <PageHeader
          title={name}
          actions={
            allowed("service.create") &&
            !deleting && (
              <Button asChild variant="primary">
                <Link href={`${base}/services/new`}>
                  <Plus />
                  Add a service
                </Link>
              </Button>
            )
          }
        />
        <div className="border-b">
          <TabLinks
            label="Project"
            tabs={[
              { href: base, label: "Services" },
              { href: `${base}/settings`, label: "Settings" },
            ]}
          />
        </div>
      </div>
      {deleting && (
        <Notice tone="active" role="status" title="This project is being deleted">
          Its containers, images, networks and routes are removed. It leaves the list when all of that is gone.
        </Notice>
      )}
      {children}
    </>
  );
}

function ProjectFrameSkeleton() {
  return (
    <Loading label="Loading the project" className="flex flex-col gap-3">
      <Skeleton className="h-4 w-40" />
      <Skeleton className="h-8 w-56" />
      <Skeleton className="h-10 w-full" />
    </Loading>
  );
}
