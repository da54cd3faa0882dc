"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toastError } from "@/features/api/toast-error";
import { useTRPC } from "@/features/api/trpc";
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

  const deploy = useMutation(
    trpc.deployment.create.mutationOptions({
      onError: toastError,
      onSuccess: ({ id }) => router.push(`/services/${serviceId}/deployments/${id}`),
    }),
  );
  const restart = useMutation(trpc.service.restart.mutationOptions(say("Restarting")));
  const stop = useMutation(trpc.service.stop.mutationOptions(say("Stopping")));
  const start = useMutation(trpc.service.start.mutationOptions(say("Starting")));
  const pending = [deploy, restart, stop, start].some((mutation) => mutation.isPending);

  return {
    pending,
    deploying: deploy.isPending,
    deploy: () => pending || deploy.mutate({ serviceId }),
    restart: () => pending || restart.mutate({ serviceId }),
    stop: () => pending || stop.mutate({ serviceId }),
    start: () => pending || start.mutate({ serviceId }),
  };
}
