import type { ReactNode } from "react";
import { cn } from "./cn";

export function KeyValueList({ className, children }: { className?: string; children: ReactNode }) {
  return <dl className={cn("grid gap-x-8 gap-y-3 text-sm", className)}>{children}</dl>;
}

export function KeyValue({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    <div className={cn("flex min-w-0 flex-col gap-0.5", className)}>
      <dt className="text-subtle text-xs">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
