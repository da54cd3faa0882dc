"use client";

import { isLostScript } from "@/features/page-load/is-lost-script";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

function LostScript() {
  return (
    <Notice
      tone="waiting"
      role="alert"
      title="A part of this page did not arrive"
      actions={<Button data-reload="">Reload</Button>}
    >
      The connection broke, or the platform was updated meanwhile.
    </Notice>
  );
}

/** What stands in place of a page that broke. `digest` names the entry in the operator's log. */
export function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  if (isLostScript(error)) return <LostScript />;
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
