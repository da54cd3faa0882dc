"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { isFinished } from "@/domain/deployment/status";
import { useTRPC } from "@/features/api/trpc";
import { useLive } from "@/features/api/use-live";

export function useDeployment(deploymentId: string) {
  const trpc = useTRPC();
  return useQuery(trpc.deployment.get.queryOptions({ deploymentId }));
}

/** Takes over every state of the deployment as it is reached. */
export function useWatchDeployment(deploymentId: string): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  useLive(
    trpc.deployment.watch.subscriptionOptions(
      { deploymentId },
      {
        onData: async (view) => {
          const queryKey = trpc.deployment.get.queryKey({ deploymentId });
          // A request under way may bring an older state, and nothing would put that right.
          await queryClient.cancelQueries({ queryKey, exact: true });
          const before = queryClient.getQueryData(queryKey);
          queryClient.setQueryData(queryKey, view);
          const { workerRunning } = view;
          queryClient.setQueryData(trpc.platform.get.queryKey(), (known) => known && { ...known, workerRunning });
          queryClient.invalidateQueries(trpc.deployment.receipt.queryFilter({ deploymentId }));
          if (before?.status === view.status) return;
          queryClient.invalidateQueries(trpc.service.get.queryFilter({ serviceId: view.serviceId }));
          if (isFinished(view.status)) queryClient.invalidateQueries(trpc.deployment.difference.pathFilter());
        },
      },
    ),
  );
}
