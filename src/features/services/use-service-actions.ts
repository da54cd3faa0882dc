"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toastError } from "@/features/api/toast-error";
import { useTRPC } from "@/features/api/trpc";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { toast } from "@/ui/toast";

/** The buttons of a service. What they did shows by itself: the page is told of every change. */
export function useServiceActions(serviceId: string) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries(trpc.service.get.queryFilter({ serviceId }));
  const say = (text: string) => ({
    onError: toastError,
    onSuccess: async () => {
      toast.success(text);
      await refresh();
    },
  });

  const deploy = useSingleMutation(
    trpc.deployment.create.mutationOptions({
      onError: toastError,
      onSuccess: ({ id }) => router.push(`/services/${serviceId}/deployments/${id}`),
    }),
    { leaves: true },
  );
  const restart = useSingleMutation(trpc.service.restart.mutationOptions(say("Restarting")));
  const stop = useSingleMutation(trpc.service.stop.mutationOptions(say("Stopping")));
  const start = useSingleMutation(trpc.service.start.mutationOptions(say("Starting")));

  return {
    deploy: () => deploy.mutate({ serviceId }),
    deploying: deploy.isBusy,
    restart: () => restart.mutate({ serviceId }),
    stop: () => stop.mutate({ serviceId }),
    start: () => start.mutate({ serviceId }),
    starting: start.isBusy,
  };
}
