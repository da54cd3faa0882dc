"use client";

import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/** What stands in place of a page that broke. `digest` names the entry in the operator's log. */
export function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <Notice
      tone="bad"
      role="alert"
      title="This page could not be shown"
      actions={<Button onClick={retry}>Try again</Button>}
    >
      <p>Something went wrong on our side. If it happens again, tell your operator.</p>
      {digest && (
        <p className="mt-1 text-subtle text-xs">
          Reference <code className="font-mono">{digest}</code>
        </p>
      )}
    </Notice>
  );
}
