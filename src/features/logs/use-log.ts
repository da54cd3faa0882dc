"use client";

import { type RefObject, useCallback, useEffect, useReducer, useRef, useState } from "react";
import { useTRPC, useTRPCClient } from "@/features/api/trpc";
import { useLive } from "@/features/api/use-live";
import { usePageVisible } from "@/features/api/use-page-visible";
import { appendBatch, appendPage, emptyBuffer, isAtEnd, type LogBuffer, prependPage, showPage } from "./log-buffer";

export type LogKind = "build" | "runtime";

type Page = Parameters<typeof showPage>[1];
type Action =
  | { type: "append"; batch: Parameters<typeof appendBatch>[1]; following: boolean }
  | { type: "show" | "earlier" | "later"; page: Page };

function reduce(buffer: LogBuffer, action: Action): LogBuffer {
  switch (action.type) {
    case "append":
      return appendBatch(buffer, action.batch, action.following);
    case "show":
      return showPage(buffer, action.page);
    case "earlier":
      return prependPage(buffer, action.page);
    case "later":
      return appendPage(buffer, action.page);
  }
}

const pageLines = 1000;

/** Mount anew (by key) for another deployment or kind. `following`: whether the reader is where new lines come. */
export function useLog(deploymentId: string, kind: LogKind, paused: boolean, following: RefObject<boolean>) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [buffer, dispatch] = useReducer(reduce, emptyBuffer);
  const [error, setError] = useState<unknown>(null);
  const [loading, setLoading] = useState<"show" | "earlier" | "later" | null>(null);
  const [attempt, setAttempt] = useState(0);
  const busy = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt reads again
  useEffect(() => {
    const abort = new AbortController();
    setError(null);
    client.log.read
      .query({ deploymentId, kind, limit: pageLines }, { signal: abort.signal })
      .then((page) => dispatch({ type: "show", page }))
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
        onData: ({ data }) => dispatch({ type: "append", batch: data, following: following.current }),
      },
    ),
  );

  /** One at a time: scrolling asks again and again. */
  const load = useCallback(
    async (type: "show" | "earlier" | "later", input: { offset?: number; limit: number }) => {
      if (busy.current) return;
      busy.current = true;
      setLoading(type);
      try {
        const page = await client.log.read.query({ deploymentId, kind, ...input });
        dispatch({ type, page });
        setError(null);
      } catch (cause) {
        setError(cause);
      } finally {
        busy.current = false;
        setLoading(null);
      }
    },
    [client, deploymentId, kind],
  );

  const { firstOffset, nextOffset, oldestOffset, endOffset } = buffer;
  const loadEarlier = useCallback(() => {
    if (firstOffset <= oldestOffset) return;
    const offset = Math.max(oldestOffset, firstOffset - pageLines);
    void load("earlier", { offset, limit: firstOffset - offset });
  }, [load, firstOffset, oldestOffset]);
  const loadLater = useCallback(() => {
    if (nextOffset < endOffset) void load("later", { offset: nextOffset, limit: pageLines });
  }, [load, nextOffset, endOffset]);
  /** Moves the window so that the line of this offset is in it. */
  const show = useCallback(
    (offset: number) => {
      if (offset >= firstOffset && offset < nextOffset) return;
      void load("show", { offset: Math.max(0, offset - pageLines / 2), limit: pageLines });
    },
    [load, firstOffset, nextOffset],
  );
  const showEnd = useCallback(() => {
    if (nextOffset < endOffset) void load("show", { limit: pageLines });
  }, [load, nextOffset, endOffset]);

  const retry = () => setAttempt((count) => count + 1);
  return { buffer, atEnd: isAtEnd(buffer), error, retry, loading, loadEarlier, loadLater, show, showEnd };
}

/** The offset a new subscription begins at. It must not move while one is open, or every batch would open another. */
function useResumePoint(buffer: LogBuffer, following: boolean): number | null {
  const [point, setPoint] = useState<number | null>(null);
  if (following && point === null) setPoint(buffer.endOffset);
  if (!following && point !== null) setPoint(null);
  return point;
}
