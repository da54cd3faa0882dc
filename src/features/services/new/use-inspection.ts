"use client";

import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import type { InspectRepositoryInput } from "@/contracts/service";
import type { Inspection } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useLive } from "@/features/api/use-live";
import { useSingleMutation } from "@/features/api/use-single-mutation";

export type InspectionState = {
  start: (wanted: InspectRepositoryInput) => void;
  running: boolean;
  /** When it was asked for, in ms since epoch. */
  startedAt: number;
  /** Absent while the look is under way and before the first one. */
  view: Inspection | undefined;
  error: unknown;
};

/** A look at a repository: asked for, then followed until it is done. */
export function useInspection(onError: (error: unknown) => void): InspectionState {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useSingleMutation(trpc.inspection.create.mutationOptions({ onError }));
  const input = create.data ? { inspectionId: create.data.id } : skipToken;
  const inspection = useQuery(trpc.inspection.get.queryOptions(input));

  const waits = create.isSuccess && (inspection.data?.status ?? "running") === "running" && !inspection.isError;
  useLive(
    trpc.inspection.watch.subscriptionOptions(input, {
      enabled: waits,
      onData: async (view) => {
        const queryKey = trpc.inspection.get.queryKey({ inspectionId: view.id });
        // A request under way may bring an older state.
        await queryClient.cancelQueries({ queryKey, exact: true });
        queryClient.setQueryData(queryKey, view);
      },
    }),
  );

  const running = create.isPending || waits;
  return {
    start: (wanted) => {
      if (!running) create.mutate(wanted);
    },
    running,
    startedAt: create.submittedAt,
    view: running ? undefined : inspection.data,
    error: inspection.error,
  };
}
