"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/features/api/trpc";
import { useLive } from "@/features/api/use-live";
import { usePlatformTick } from "@/features/platform/use-platform";

export function useProject(projectId: string) {
  const trpc = useTRPC();
  return useQuery(trpc.project.get.queryOptions({ projectId }));
}

/** Keeps the list of projects up to date for as long as it is mounted: what runs in them, and which are gone. */
export function useWatchProjects(organizationId: string): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onPlatformTick = usePlatformTick();
  useLive(
    trpc.project.watchAll.subscriptionOptions(
      { organizationId },
      {
        onData: (tick) => {
          onPlatformTick(tick);
          if (tick.type !== "worker") queryClient.invalidateQueries(trpc.project.list.pathFilter());
        },
      },
    ),
  );
}

/** Keeps what the page shows of a project up to date for as long as it is mounted. */
export function useWatchProject(projectId: string): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onPlatformTick = usePlatformTick();
  useLive(
    trpc.project.watch.subscriptionOptions(
      { projectId },
      {
        onData: (tick) => {
          onPlatformTick(tick);
          if (tick.type === "worker") return;
          queryClient.invalidateQueries(trpc.project.get.queryFilter({ projectId }));
          queryClient.invalidateQueries(trpc.service.list.pathFilter());
        },
      },
    ),
  );
}
