"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { toastError } from "@/features/api/toast-error";
import { useTRPC } from "@/features/api/trpc";
import { useLive } from "@/features/api/use-live";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { usePlatformTick } from "@/features/platform/use-platform";
import { toast } from "@/ui/toast";

export function useStorage(organizationId: string) {
  const trpc = useTRPC();
  return useQuery(trpc.storage.get.queryOptions({ organizationId }));
}

/** Keeps the page of the storage up to date for as long as it is mounted. */
export function useWatchStorage(organizationId: string): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const platformTick = usePlatformTick();
  useLive(
    trpc.storage.watch.subscriptionOptions(
      { organizationId },
      {
        onData: (tick) => {
          platformTick(tick);
          if (tick.type === "storage" || tick.type === "connected") {
            queryClient.invalidateQueries(trpc.storage.pathFilter());
          }
        },
      },
    ),
  );
}

/** What they did shows by itself: the page is told of every change. */
export function useStorageActions(organizationId: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const settled = { onError: toastError, onSettled: () => queryClient.invalidateQueries(trpc.storage.pathFilter()) };
  const preview = useSingleMutation(trpc.storage.preview.mutationOptions(settled));
  const clean = useSingleMutation(
    trpc.storage.clean.mutationOptions({ ...settled, onSuccess: () => toast.success("Cleaning up") }),
  );
  const removeStray = useSingleMutation(trpc.storage.removeStray.mutationOptions(settled));
  return {
    preview: () => preview.mutate({ organizationId }),
    asksForPreview: preview.isBusy,
    clean: () => clean.mutate({ organizationId }),
    asksForClean: clean.isBusy,
    removeStray: (strayId: string) => removeStray.mutate({ organizationId, strayId }),
  };
}
