"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/features/api/trpc";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { toast } from "@/ui/toast";

/** `appliesLater`: what is saved reaches the application with its next deployment. */
export function useUpdateService(
  serviceId: string,
  options: { onError: (error: unknown) => void; onSaved: () => void; appliesLater: boolean },
) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useSingleMutation(
    trpc.service.update.mutationOptions({
      onError: options.onError,
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.service.get.queryFilter({ serviceId }));
        options.onSaved();
        toast.success("Saved", options.appliesLater ? { description: "It applies with the next deployment." } : {});
      },
    }),
  );
}
