"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Boxes, Plus } from "lucide-react";
import Link from "next/link";
import { useDeferredValue, useState } from "react";
import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { useProject } from "@/features/projects/use-project";
import { useCan } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { Input } from "@/ui/input";
import { LoadMore } from "@/ui/load-more";
import { serviceListQuery } from "./service-list-query";
import { ServiceListSkeleton } from "./service-list-skeleton";
import { ServiceRow } from "./service-row";

/** Fewer are seen at a glance. */
const searchableFrom = 10;

export function ServiceList({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const project = useProject(projectId);
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const list = useInfiniteQuery({
    ...serviceListQuery(trpc, projectId, search),
    placeholderData: keepPreviousData,
  });

  // The frame around this says why there is no project.
  if (project.isError) return null;
  if (list.isPending) return <ServiceListSkeleton />;
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  const services = list.data.pages.flatMap((page) => page.items);
  if (services.length === 0 && search === "")
    return <NoServices projectId={projectId} organizationId={project.data?.organizationId} />;
  return (
    <Card aria-label="Services">
      {(services.length >= searchableFrom || typed !== "") && (
        <div className="border-b px-4 py-3">
          <Input
            type="search"
            aria-label="Search services"
            placeholder="Search services"
            value={typed}
            maxLength={100}
            className="max-w-xs"
            onChange={({ target }) => setTyped(target.value)}
          />
        </div>
      )}
      {services.length === 0 && <p className="px-4 py-6 text-center text-muted">No service of this name.</p>}
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
