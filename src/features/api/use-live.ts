"use client";

import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useId, useState } from "react";
import { reportConnection } from "./connection";
import { usePageVisible } from "./use-page-visible";

type LiveOptions<Output, Failure> = Parameters<typeof useSubscription<Output, Failure>>[0];

const firstPauseMs = 1000;
const longestPauseMs = 15_000;

/**
 * A subscription that survives a restart of the server and rests while the page is out of sight. The browser gives an
 * event stream up for good when a proxy answers in the server's place; then it is opened anew, with growing pauses.
 * What was missed meanwhile is the caller's to ask for: streams begin with the current state or take up at an offset.
 */
export function useLive<Output, Failure>(options: LiveOptions<Output, Failure>): void {
  const id = useId();
  const visible = usePageVisible();
  const enabled = options.enabled && visible;
  const [failures, setFailures] = useState(0);
  const { status, error, reset } = useSubscription({
    ...options,
    enabled,
    onStarted: () => {
      setFailures(0);
      options.onStarted?.();
    },
  });

  const lost = enabled && (failures > 0 || status === "error" || (status === "connecting" && error !== null));
  useEffect(() => {
    reportConnection(id, lost);
    return () => reportConnection(id, false);
  }, [id, lost]);

  useEffect(() => {
    if (status !== "error" || !enabled) return;
    const timer = setTimeout(
      () => {
        setFailures((count) => count + 1);
        reset();
      },
      Math.min(longestPauseMs, firstPauseMs * 2 ** failures),
    );
    return () => clearTimeout(timer);
  }, [status, enabled, failures, reset]);
}
