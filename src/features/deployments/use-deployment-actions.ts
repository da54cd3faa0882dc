"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toastError } from "@/features/api/toast-error";
import { useTRPC } from "@/features/api/trpc";
import { toast } from "@/ui/toast";

/** What can be done with one deployment. Going back and deploying again lead to the new deployment's page. */
export function useDeploymentActions(deployment: { id: string; serviceId: string; commitSha: string | null }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const follow = {
    onError: toastError,
    onSuccess: ({ id }: { id: string }) => router.push(`/services/${deployment.serviceId}/deployments/${id}`),
  };
  const redeploy = useMutation(trpc.deployment.create.mutationOptions(follow));
  const rollback = useMutation(trpc.deployment.rollback.mutationOptions(follow));
  const cancel = useMutation(
    trpc.deployment.cancel.mutationOptions({
      onError: toastError,
      onSuccess: async () => {
        toast.success("Cancelling");
        await queryClient.invalidateQueries(trpc.deployment.pathFilter());
      },
    }),
  );
  const pending = redeploy.isPending || rollback.isPending || cancel.isPending;
  return {
    pending,
    redeploying: redeploy.isPending,
    rollingBack: rollback.isPending,
    cancelling: cancel.isPending,
    redeploy: () => pending || redeploy.mutate({ serviceId: deployment.serviceId, commitSha: deployment.commitSha }),
    rollback: () => pending || rollback.mutate({ deploymentId: deployment.id }),
    cancel: () => pending || cancel.mutate({ deploymentId: deployment.id }),
  };
}
