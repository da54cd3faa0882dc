"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { isFailing } from "@/domain/service-health";
import { useTRPC } from "@/features/api/trpc";
import { useLive } from "@/features/api/use-live";
import { whileFailing } from "@/features/api/while-failing";
import { waitingLists } from "@/features/deployments/deployment-list-query";
import { usePlatformTick } from "@/features/platform/use-platform";

export function useService(serviceId: string) {
  const trpc = useTRPC();
  return useQuery(
    trpc.service.get.queryOptions(
      { serviceId },
      { refetchInterval: ({ state }) => whileFailing(state.data !== undefined && isFailing(state.data.health)) },
    ),
  );
}

/** Keeps what the page shows of a service up to date for as long as it is mounted. */
export function useWatchService(serviceId: string): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onPlatformTick = usePlatformTick();
  useLive(
    trpc.service.watch.subscriptionOptions(
      { serviceId },
      {
        onData: (tick) => {
          const { type } = tick;
          onPlatformTick(tick);
          // Only who waits has a place that may have moved, or stands still without a worker.
          if (type === "queue" || type === "worker")
            return queryClient.invalidateQueries(waitingLists(trpc, serviceId));
          queryClient.invalidateQueries(trpc.service.get.queryFilter({ serviceId }));
          queryClient.invalidateQueries(trpc.deployment.list.pathFilter());
          queryClient.invalidateQueries(trpc.service.history.pathFilter());
          if (type !== "deployment") queryClient.invalidateQueries(trpc.variable.list.queryFilter({ serviceId }));
        },
      },
    ),
  );
}
