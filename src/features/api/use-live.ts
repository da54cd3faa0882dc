"use client";

import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useId, useRef } from "react";
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
export function useLive<Output, Failure>(options: LiveOptions<Output, Failure>): { connected: boolean } {
  const id = useId();
  const visible = usePageVisible();
  const enabled = options.enabled && visible;
  const { status, error, reset } = useSubscription({ ...options, enabled });
  const wasConnected = useRef(false);
  const failures = useRef(0);

  if (status === "pending") {
    wasConnected.current = true;
    failures.current = 0;
  }
  const lost = enabled && (status === "error" || (status === "connecting" && (wasConnected.current || Boolean(error))));

  useEffect(() => {
    reportConnection(id, lost);
    return () => reportConnection(id, false);
  }, [id, lost]);

  useEffect(() => {
    if (status !== "error" || !enabled) return;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures.current);
    failures.current++;
    const timer = setTimeout(reset, pauseMs);
    return () => clearTimeout(timer);
  }, [status, enabled, reset]);

  return { connected: status === "pending" };
}
