"use client";

import { Button } from "@/ui/button";

export type TokenPlan = "keep" | "replace" | "remove";

/** A token that is there is never shown; it can be replaced or removed. */
export function StoredToken({ plan, onChange }: { plan: TokenPlan; onChange: (plan: TokenPlan) => void }) {
  return (
    <div className="flex flex-col gap-1.5 sm:col-span-2">
      <span className="font-medium text-sm">Access token</span>
      <div className="flex flex-wrap items-center gap-2">
        <span role="status" className="mr-2 text-muted">
          {plan === "remove" ? "Is removed when you save." : "A token is stored."}
        </span>
        {plan === "remove" ? (
          <Button size="sm" onClick={() => onChange("keep")}>
            Keep it
          </Button>
        ) : (
          <>
            <Button size="sm" onClick={() => onChange("replace")}>
              Replace the token
            </Button>
            <Button size="sm" variant="danger-quiet" onClick={() => onChange("remove")}>
              Remove the token
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
