"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ChangeTick } from "@/contracts/change";
import type { Platform } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useLive } from "@/features/api/use-live";

/** Undefined while nothing is known. */
export function usePlatform(): Platform | undefined {
  const trpc = useTRPC();
  return useQuery(trpc.platform.get.queryOptions()).data;
}

/** False only where it is known that none runs: while it is not known, nobody is alarmed. */
export function useWorkerRunning(): boolean {
  return usePlatform()?.workerRunning ?? true;
}

/**
 * For those who follow a stream of ticks: asks about the platform anew where a tick says that it may have changed, and
 * about everything where the person may see or do something else than before.
 */
export function usePlatformTick(): (tick: Pick<ChangeTick, "type">) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    ({ type }) => {
      if (type === "viewer") queryClient.invalidateQueries();
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
