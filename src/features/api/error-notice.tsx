"use client";

import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { readError } from "./read-error";

type ErrorNoticeProps = {
  error: unknown;
  onRetry?: () => void;
  className?: string;
};

/** What happened, what to do, and the request id that the operator can look up. */
export function ErrorNotice({ error, onRetry, className }: ErrorNoticeProps) {
  const { message, fix, requestId } = readError(error);
  return (
    <Notice
      tone="bad"
      role="alert"
      title={message}
      {...(className !== undefined && { className })}
      actions={onRetry && <Button onClick={onRetry}>Try again</Button>}
    >
      <p>{fix}</p>
      {requestId && (
        <p className="mt-1 text-subtle text-xs">
          Request <code className="font-mono">{requestId}</code>
        </p>
      )}
    </Notice>
  );
}
