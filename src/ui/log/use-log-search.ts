"use client";

import { useCallback, useDeferredValue, useMemo, useState } from "react";
import type { LogLine } from "./log-line";
import { cleanTerminalText, plainText } from "./terminal-text";

export type LogSearch = {
  query: string;
  setQuery: (query: string) => void;
  /** What the lines are marked with; lags behind the typing on long logs. */
  applied: string;
  /** Indexes of lines that match. */
  matches: readonly number[];
  /** Place in `matches` of the one that was jumped to, or -1. */
  current: number;
  /** Goes to the next (1) or previous (-1) match, around the end; returns its line, or null where there is none. */
  step: (direction: 1 | -1) => number | null;
};

export function useLogSearch(lines: readonly LogLine[]): LogSearch {
  const [query, changeQuery] = useState("");
  const [line, setLine] = useState<number | null>(null);
  const applied = useDeferredValue(query);
  const matches = useMemo(() => findMatches(lines, applied), [lines, applied]);
  const current = line === null ? -1 : matches.indexOf(line);

  const setQuery = useCallback((next: string) => {
    changeQuery(next);
    setLine(null);
  }, []);

  const step = (direction: 1 | -1) => {
    if (matches.length === 0) return null;
    const from = current === -1 && direction === -1 ? 0 : current;
    const target = matches[(from + direction + matches.length) % matches.length] ?? null;
    setLine(target);
    return target;
  };

  return { query, setQuery, applied, matches, current, step };
}

function findMatches(lines: readonly LogLine[], query: string): number[] {
  if (query === "") return [];
  const wanted = query.toLowerCase();
  const found: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (plainText(cleanTerminalText(line.x)).toLowerCase().includes(wanted)) found.push(index);
  }
  return found;
}
