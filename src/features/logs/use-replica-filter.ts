"use client";

import { useCallback, useMemo, useState } from "react";
import type { LogBuffer } from "./log-buffer";

/** The lines of one replica, or of all. Replicas count from 0; lines of the platform itself belong to none. */
export function useReplicaFilter(buffer: LogBuffer) {
  const [selected, select] = useState<number | null>(null);
  const { lines, firstOffset } = buffer;

  const replicas = useMemo(() => {
    const found = new Set<number>();
    for (const line of lines) if (line.r !== undefined) found.add(line.r);
    return [...found].sort((left, right) => left - right);
  }, [lines]);

  const indexes = useMemo(
    () => (selected === null ? null : [...lines.keys()].filter((index) => isOf(lines[index]?.r, selected))),
    [lines, selected],
  );
  const shown = useMemo(
    () => (indexes === null ? lines : lines.filter((line) => isOf(line.r, selected))),
    [lines, indexes, selected],
  );
  const keyOf = useCallback(
    (index: number) => firstOffset + (indexes === null ? index : (indexes[index] ?? index)),
    [firstOffset, indexes],
  );
  return { replicas, selected, select, lines: shown, keyOf };
}

function isOf(replica: number | undefined, selected: number | null): boolean {
  return replica === undefined || replica === selected;
}
