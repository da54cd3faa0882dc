"use client";

import { useConnectionLost } from "@/features/api/connection";
import { Spinner } from "@/ui/spinner";

/** Says that what stands here may be old, while the live connection is being made anew. */
export function ConnectionIndicator() {
  const lost = useConnectionLost();
  return (
    <div role="status" className="flex items-center">
      {lost && (
        <span className="flex items-center gap-1.5 rounded-sm bg-waiting-wash px-2 py-0.5 font-medium text-waiting text-xs">
          <Spinner className="size-3" />
          Reconnecting
        </span>
      )}
    </div>
  );
}
