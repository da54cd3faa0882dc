import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

type DisclosureProps = { summary: ReactNode; defaultOpen?: boolean; className?: string; children: ReactNode };

/** Details that most people do not need at first. */
export function Disclosure({ summary, defaultOpen, className, children }: DisclosureProps) {
  return (
    <details className={cn("group", className)} open={defaultOpen}>
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-sm font-medium text-sm hover:text-foreground [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 text-subtle transition-transform group-open:rotate-90" />
        {summary}
      </summary>
      <div className="pt-3">{children}</div>
    </details>
  );
}
