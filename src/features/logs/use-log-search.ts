"use client";

import { useEffect, useRef, useState } from "react";
import { readError } from "@/features/api/read-error";
import { useTRPCClient } from "@/features/api/trpc";
import type { LogSearch } from "@/ui/log/log-search";
import { pause } from "./pause";
import type { LogKind } from "./use-log";

const settleMs = 250;
/** While the log grows, what came since is looked through this often. */
const againMs = 1000;
const mostMatches = 10_000;

type Found = { query: string; offsets: readonly number[]; status: LogSearch["status"]; problem: string | null };

const nothing: Found = { query: "", offsets: [], status: "done", problem: null };

/**
 * Looks through the whole log on the server, a part a call, from its beginning to its end, and then through what comes.
 * `replica`: only what that one printed. `endOffset`: how far the log goes.
 */
export function useLogSearch(
  deploymentId: string,
  kind: LogKind,
  replica: number | null,
  endOffset: number,
): LogSearch {
  const client = useTRPCClient();
  const [query, changeQuery] = useState("");
  const [found, setFound] = useState<Found>(nothing);
  const [current, setCurrent] = useState<number | null>(null);
  const end = useRef(endOffset);
  end.current = endOffset;

  useEffect(() => {
    setFound({ ...nothing, query, status: "searching" });
    if (query === "") return;
    const abort = new AbortController();
    const { signal } = abort;
    async function search(): Promise<void> {
      await pause(settleMs, signal);
      let offset = 0;
      let offsets: readonly number[] = [];
      while (!signal.aborted) {
        if (offset > 0 && offset >= end.current) {
          await pause(againMs, signal);
          continue;
        }
        const input = { deploymentId, kind, query, offset, replica };
        const answer = await client.log.search.query(input, { signal });
        offset = answer.nextOffset;
        offsets = offsets.concat(answer.offsets);
        const isFull = offsets.length >= mostMatches;
        setFound({ query, offsets, status: isFull ? "full" : answer.more ? "searching" : "done", problem: null });
        if (isFull) return;
        if (!answer.more) await pause(againMs, signal);
      }
    }
    search().catch((error) => {
      if (!signal.aborted) setFound({ ...nothing, query, problem: readError(error).message });
    });
    return () => abort.abort();
  }, [client, deploymentId, kind, replica, query]);

  function setQuery(next: string): void {
    changeQuery(next);
    setCurrent(null);
  }
  const place = current === null ? -1 : found.offsets.indexOf(current);
  function step(direction: 1 | -1): number | null {
    const { length } = found.offsets;
    if (length === 0) return null;
    const from = place === -1 && direction === -1 ? 0 : place;
    const target = found.offsets[(from + direction + length) % length] ?? null;
    setCurrent(target);
    return target;
  }
  const isCurrent = found.query === query;
  return {
    query,
    setQuery,
    count: isCurrent ? found.offsets.length : 0,
    status: isCurrent ? found.status : "searching",
    problem: isCurrent ? found.problem : null,
    place,
    current,
    step,
  };
}
