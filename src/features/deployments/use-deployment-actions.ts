"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toastError } from "@/features/api/toast-error";
import { useTRPC } from "@/features/api/trpc";
import { useSingleMutation } from "@/features/api/use-single-mutation";
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
  const redeploy = useSingleMutation(trpc.deployment.create.mutationOptions(follow), { leaves: true });
  const rollback = useSingleMutation(trpc.deployment.rollback.mutationOptions(follow), { leaves: true });
  const cancel = useSingleMutation(
    trpc.deployment.cancel.mutationOptions({
      onError: toastError,
      onSuccess: async () => {
        toast.success("Cancelling");
        await queryClient.invalidateQueries(trpc.deployment.pathFilter());
      },
    }),
  );
  return {
    redeploying: redeploy.isBusy,
    rollingBack: rollback.isBusy,
    cancelling: cancel.isBusy,
    redeploy: () => redeploy.mutate({ serviceId: deployment.serviceId, commitSha: deployment.commitSha }),
    rollback: () => rollback.mutate({ deploymentId: deployment.id }),
    cancel: () => cancel.mutate({ deploymentId: deployment.id }),
  };
}
