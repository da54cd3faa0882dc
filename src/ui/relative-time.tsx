"use client";

import { formatDuration, formatExact, formatRelative } from "./format-time";
import { useNow } from "./use-now";

/** How long ago, kept up to date; the exact moment on hover and for machines. `at` is an ISO date. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useNow(5000);
  const time = Date.parse(at);
  return (
    <time
      dateTime={at}
      title={formatExact(time)}
      suppressHydrationWarning
      className={`whitespace-nowrap ${className ?? ""}`}
    >
      {formatRelative(time, Math.max(now, time))}
    </time>
  );
}

/** How long something took, or takes so far while `until` is null. ISO dates. */
export function Duration({ from, until }: { from: string; until: string | null }) {
  const now = useNow(1000);
  const end = until === null ? now : Date.parse(until);
  return (
    <span suppressHydrationWarning className="tabular whitespace-nowrap">
      {formatDuration(end - Date.parse(from))}
    </span>
  );
}
