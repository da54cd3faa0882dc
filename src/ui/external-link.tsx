import { ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

/** Opens in a tab of its own, and says so. */
export function ExternalLink({ href, className, children }: { href: string; className?: string; children: ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className={cn("link inline-flex min-w-0 items-center gap-0.5", className)}
    >
      <span className="truncate">{children}</span>
      <ArrowUpRight aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
