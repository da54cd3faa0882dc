"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Session } from "@/features/api/outputs";
import { toastError } from "@/features/api/toast-error";
import { useTRPC } from "@/features/api/trpc";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { toast } from "@/ui/toast";

/** Sessions leave the list at the click; when ending them fails they come back, with the reason. */
export function useRevokeSessions() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const key = trpc.viewer.sessions.queryKey();

  const keepOnly = async (stays: (session: Session) => boolean) => {
    await queryClient.cancelQueries({ queryKey: key });
    queryClient.setQueryData(key, (sessions) => sessions?.filter(stays));
  };
  const settle = {
    onError: toastError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  };
  const one = useMutation(
    trpc.viewer.revokeSession.mutationOptions({
      ...settle,
      onMutate: ({ sessionId }) => keepOnly((session) => session.id !== sessionId),
      onSuccess: () => toast.success("Session ended"),
    }),
  );
  const others = useSingleMutation(
    trpc.viewer.revokeOtherSessions.mutationOptions({
      ...settle,
      onMutate: () => keepOnly((session) => session.current),
      onSuccess: () => toast.success("All other sessions ended"),
    }),
  );
  return {
    revoke: (sessionId: string) => one.mutate({ sessionId }),
    revokeOthers: () => others.mutate(),
    revokingOthers: others.isBusy,
  };
}
