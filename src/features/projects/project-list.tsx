"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { FolderPlus } from "lucide-react";
import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { useCan, useViewer } from "@/features/session/viewer-context";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { LoadMore } from "@/ui/load-more";
import { PageHeader } from "@/ui/page-header";
import { CreateProjectDialog } from "./create-project-dialog";
import { projectListQuery } from "./project-list-query";
import { ProjectListSkeleton } from "./project-list-skeleton";
import { ProjectRow } from "./project-row";
import { useWatchProjects } from "./use-project";

export function ProjectList({ organizationId }: { organizationId: string }) {
  const organization = useViewer().organizations.find(({ id }) => id === organizationId);
  const allowed = useCan(organizationId);
  if (!organization) return null;
  const mayCreate = allowed("project.create");
  return (
    <>
      <PageHeader
        title="Projects"
        meta={organization.name}
        actions={mayCreate && <CreateProjectDialog organizationId={organization.id} />}
      />
      <Projects organizationId={organization.id} mayCreate={mayCreate} />
    </>
  );
}

function Projects({ organizationId, mayCreate }: { organizationId: string; mayCreate: boolean }) {
  const trpc = useTRPC();
  useWatchProjects(organizationId);
  const list = useInfiniteQuery(projectListQuery(trpc, organizationId));
  if (list.isPending) return <ProjectListSkeleton />;
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  const projects = list.data.pages.flatMap((page) => page.items);
  if (projects.length === 0) return <NoProjects mayCreate={mayCreate} organizationId={organizationId} />;
  return (
    <Card aria-label="Projects">
      <ul className="divide-y">
        {projects.map((project) => (
          <ProjectRow key={project.id} project={project} />
        ))}
      </ul>
      <LoadMore
        label="More projects"
        hasMore={list.hasNextPage}
        pending={list.isFetchingNextPage}
        onLoad={() => list.fetchNextPage()}
      />
    </Card>
  );
}

function NoProjects({ mayCreate, organizationId }: { mayCreate: boolean; organizationId: string }) {
  return (
    <EmptyState
      icon={FolderPlus}
      title="No projects yet"
      action={mayCreate && <CreateProjectDialog organizationId={organizationId} />}
    >
      {mayCreate
        ? "Create a project, then add a service from a Git repository or a container image. It is built, checked and put online for you."
        : "Nothing has been deployed here so far. A developer of the organization can create the first project."}
    </EmptyState>
  );
}
