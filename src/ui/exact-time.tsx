"use client";

import { formatExact } from "./format-time";

/** A moment to the second, in the reader's own zone. `at` is an ISO date. */
export function ExactTime({ at }: { at: string }) {
  return (
    <time dateTime={at} suppressHydrationWarning className="tabular whitespace-nowrap">
      {formatExact(Date.parse(at))}
    </time>
  );
}
