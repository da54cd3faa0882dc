"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ChangeTick } from "@/contracts/change";
import { useTRPC } from "@/features/api/trpc";
import { useLive } from "@/features/api/use-live";

/** False only where it is known that none runs: while it is not known, nobody is alarmed. */
export function useWorkerRunning(): boolean {
  const trpc = useTRPC();
  return useQuery(trpc.platform.get.queryOptions()).data?.workerRunning ?? true;
}

/** For those who follow a stream of ticks: asks about the platform anew where a tick says that it may have changed. */
export function usePlatformTick(): (tick: Pick<ChangeTick, "type">) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    ({ type }) => {
      if (type !== "connected" && type !== "worker" && type !== "platform") return;
      queryClient.invalidateQueries(trpc.platform.get.queryFilter());
    },
    [trpc, queryClient],
  );
}

/** Keeps what is known of the platform up to date, on pages that follow nothing else. */
export function useWatchPlatform(): void {
  const trpc = useTRPC();
  const onData = usePlatformTick();
  useLive(trpc.platform.watch.subscriptionOptions(undefined, { onData }));
}
