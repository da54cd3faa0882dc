"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Boxes, Plus } from "lucide-react";
import Link from "next/link";
import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { useProject } from "@/features/projects/use-project";
import { useCan } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { LoadMore } from "@/ui/load-more";
import { serviceListQuery } from "./service-list-query";
import { ServiceListSkeleton } from "./service-list-skeleton";
import { ServiceRow } from "./service-row";

export function ServiceList({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const project = useProject(projectId);
  const list = useInfiniteQuery(serviceListQuery(trpc, projectId));

  // The frame around this says why there is no project.
  if (project.isError) return null;
  if (list.isPending) return <ServiceListSkeleton />;
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  const services = list.data.pages.flatMap((page) => page.items);
  if (services.length === 0) return <NoServices projectId={projectId} organizationId={project.data?.organizationId} />;
  return (
    <Card aria-label="Services">
      <ul className="divide-y">
        {services.map((service) => (
          <ServiceRow key={service.id} service={service} />
        ))}
      </ul>
      <LoadMore
        label="More services"
        hasMore={list.hasNextPage}
        pending={list.isFetchingNextPage}
        onLoad={() => list.fetchNextPage()}
      />
    </Card>
  );
}

function NoServices({ projectId, organizationId }: { projectId: string; organizationId: string | undefined }) {
  const mayCreate = useCan(organizationId)("service.create");
  return (
    <EmptyState
      icon={Boxes}
      title="No services yet"
      action={
        mayCreate && (
          <Button asChild variant="primary">
            <Link href={`/projects/${projectId}/services/new`}>
              <Plus />
              Add the first service
            </Link>
          </Button>
        )
      }
    >
      A service is one application: a Git repository that is built here, or a container image. Each gets an address of
      its own.
    </EmptyState>
  );
}
