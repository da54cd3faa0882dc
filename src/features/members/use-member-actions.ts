"use client";

import { useQueryClient } from "@tanstack/react-query";
import { toastError } from "@/features/api/toast-error";
import { useTRPC } from "@/features/api/trpc";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { toast } from "@/ui/toast";
import { roleTable } from "./role-table";

export function useMemberActions(organizationId: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () =>
    queryClient.invalidateQueries(trpc.member.list.infiniteQueryFilter({ organizationId, limit: 50 }));
  const changeRole = useSingleMutation(
    trpc.member.changeRole.mutationOptions({
      onError: toastError,
      onSuccess: ({ role }) => toast.success(`The role is ${roleTable[role].label.toLowerCase()} now`),
      onSettled: refresh,
    }),
  );
  const remove = useSingleMutation(
    trpc.member.remove.mutationOptions({
      onSuccess: () => toast.success("Removed from the organization"),
      onSettled: refresh,
    }),
  );
  return { changeRole, remove };
}
