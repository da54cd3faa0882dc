"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { useService } from "@/features/services/use-service";
import { useServiceActions } from "@/features/services/use-service-actions";
import { useCan } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { LoadMore } from "@/ui/load-more";
import { Loading, Skeleton } from "@/ui/skeleton";
import { deploymentListQuery } from "./deployment-list-query";
import { DeploymentRow } from "./deployment-row";

export function DeploymentList({ serviceId }: { serviceId: string }) {
  const trpc = useTRPC();
  const service = useService(serviceId);
  const allowed = useCan(service.data?.organizationId);
  const list = useInfiniteQuery(deploymentListQuery(trpc, serviceId));

  // The frame around this says why there is no service.
  if (service.isError) return null;
  if (list.isPending) return <DeploymentListSkeleton />;
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  const deployments = list.data.pages.flatMap((page) => page.items);
  if (deployments.length === 0) return <NoDeployments serviceId={serviceId} mayDeploy={allowed("deployment.create")} />;
  return (
    <Card aria-label="Deployments">
      <ul className="divide-y">
        {deployments.map((deployment) => (
          <DeploymentRow
            key={deployment.id}
            deployment={deployment}
            mayDeploy={allowed("deployment.create")}
            mayCancel={allowed("deployment.cancel")}
          />
        ))}
      </ul>
      <LoadMore
        label="Earlier deployments"
        hasMore={list.hasNextPage}
        pending={list.isFetchingNextPage}
        onLoad={() => list.fetchNextPage()}
      />
    </Card>
  );
}

function NoDeployments({ serviceId, mayDeploy }: { serviceId: string; mayDeploy: boolean }) {
  const { deploy, deploying } = useServiceActions(serviceId);
  return (
    <EmptyState
      icon={History}
      title="No deployments yet"
      action={
        mayDeploy && (
          <Button variant="primary" onClick={deploy} pending={deploying}>
            Deploy now
          </Button>
        )
      }
    >
      Each deployment stands here with what it changed, its log and the way back to it.
    </EmptyState>
  );
}

function DeploymentListSkeleton() {
  return (
    <Loading label="Loading deployments">
      <Card>
        {[0, 1, 2, 3].map((row) => (
          <div key={row} className="flex items-center gap-6 border-b px-4 py-4 last:border-b-0">
            <Skeleton className="h-4 w-10" />
            <Skeleton className="h-4 w-64" />
            <Skeleton className="ml-auto h-4 w-24" />
          </div>
        ))}
      </Card>
    </Loading>
  );
}
