"use client";

import { useCallback, useEffect, useReducer, useState } from "react";
import { useTRPC, useTRPCClient } from "@/features/api/trpc";
import { useLive } from "@/features/api/use-live";
import { usePageVisible } from "@/features/api/use-page-visible";
import { appendBatch, emptyBuffer, type LogBuffer, prependPage } from "./log-buffer";

export type LogKind = "build" | "runtime";

type Action =
  | { type: "append"; batch: Parameters<typeof appendBatch>[1] }
  | { type: "prepend"; page: Parameters<typeof prependPage>[1] };

function reduce(buffer: LogBuffer, action: Action): LogBuffer {
  return action.type === "append" ? appendBatch(buffer, action.batch) : prependPage(buffer, action.page);
}

const pageLines = 1000;

/** Mount anew (by key) for another deployment or kind. */
export function useLog(deploymentId: string, kind: LogKind, paused: boolean) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [buffer, dispatch] = useReducer(reduce, emptyBuffer);
  const [error, setError] = useState<unknown>(null);
  const [loadingEarlier, setLoadingEarlier] = useState(false);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt reads again
  useEffect(() => {
    const abort = new AbortController();
    setError(null);
    client.log.read
      .query({ deploymentId, kind, limit: pageLines }, { signal: abort.signal })
      .then((batch) => dispatch({ type: "append", batch }))
      .catch((cause) => abort.signal.aborted || setError(cause));
    return () => abort.abort();
  }, [client, deploymentId, kind, attempt]);

  const visible = usePageVisible();
  const from = useResumePoint(buffer, buffer.loaded && !buffer.complete && !paused && visible);
  useLive(
    trpc.log.follow.subscriptionOptions(
      { deploymentId, kind, lastEventId: String(from ?? 0) },
      {
        enabled: from !== null,
        onData: ({ data }) => dispatch({ type: "append", batch: data }),
      },
    ),
  );

  const loadEarlier = useCallback(async () => {
    setLoadingEarlier(true);
    try {
      const offset = Math.max(0, buffer.firstOffset - pageLines);
      const limit = buffer.firstOffset - offset;
      const page = await client.log.read.query({ deploymentId, kind, offset, limit });
      dispatch({ type: "prepend", page });
    } catch (cause) {
      setError(cause);
    } finally {
      setLoadingEarlier(false);
    }
  }, [client, deploymentId, kind, buffer.firstOffset]);

  return { buffer, error, retry: () => setAttempt((count) => count + 1), loadEarlier, loadingEarlier };
}

/** The offset a new subscription begins at. It must not move while one is open, or every batch would open another. */
function useResumePoint(buffer: LogBuffer, following: boolean): number | null {
  const [point, setPoint] = useState<number | null>(null);
  if (following && point === null) setPoint(buffer.nextOffset);
  if (!following && point !== null) setPoint(null);
  return point;
}
