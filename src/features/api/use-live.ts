"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useRouter } from "next/navigation";
import { useEffect, useId, useState } from "react";
import { reportConnection } from "./connection";
import { leaveWhenSignedOut } from "./leave-when-signed-out";
import { readError } from "./read-error";
import { useTRPC } from "./trpc";
import { usePageVisible } from "./use-page-visible";

type LiveOptions<Output, Failure> = Parameters<typeof useSubscription<Output, Failure>>[0];

const firstPauseMs = 1000;
const longestPauseMs = 15_000;

/**
 * A subscription that survives a restart of the server and rests while the page is out of sight. The browser gives an
 * event stream up for good when it is answered with an error or by a proxy in the server's place; then it is opened
 * anew, with growing pauses. What was missed meanwhile is the caller's to ask for: streams begin with the current
 * state or take up at an offset.
 */
export function useLive<Output, Failure>(options: LiveOptions<Output, Failure>): void {
  const id = useId();
  const visible = usePageVisible();
  const enabled = options.enabled && visible;
  const [failures, setFailures] = useState(0);
  const reach = useReach();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { status, error, reset } = useSubscription({
    ...options,
    enabled,
    onStarted: () => {
      setFailures(0);
      options.onStarted?.();
    },
  });
  const refused = status === "error" && ["not_found", "forbidden"].includes(readError(error).code);

  // Somebody took the right to see this away, or it is gone: the server says what the page is now.
  useEffect(() => {
    if (!refused) return;
    queryClient.invalidateQueries();
    router.refresh();
  }, [refused, queryClient, router]);

  const lost =
    enabled && !refused && (failures > 0 || status === "error" || (status === "connecting" && error !== null));
  useEffect(() => {
    reportConnection(id, lost);
    return () => reportConnection(id, false);
  }, [id, lost]);

  useEffect(() => {
    if (status !== "error" || !enabled || refused || leaveWhenSignedOut(error)) return;
    const again = async () => {
      await reach();
      setFailures((count) => count + 1);
      reset();
    };
    const timer = setTimeout(again, Math.min(longestPauseMs, firstPauseMs * 2 ** failures));
    return () => clearTimeout(timer);
  }, [status, error, enabled, refused, failures, reset, reach]);
}

/** Asks who is signed in. An event stream cannot tell why it was refused; this answer leads to the sign-in page. */
function useReach(): () => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [reach] = useState(() => async () => {
    await queryClient.prefetchQuery({ ...trpc.viewer.get.queryOptions(), staleTime: 0, retry: false });
  });
  return reach;
}
