"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "./cn";

type DisclosureProps = { summary: ReactNode; defaultOpen?: boolean; className?: string; children: ReactNode };

/** Details that most people do not need at first. Opens where `defaultOpen` becomes true; it is the person who closes it. */
export function Disclosure({ summary, defaultOpen = false, className, children }: DisclosureProps) {
  const [open, setOpen] = useState(defaultOpen);
  const [known, setKnown] = useState(defaultOpen);
  if (known !== defaultOpen) {
    setKnown(defaultOpen);
    if (defaultOpen) setOpen(true);
  }
  return (
    <details
      className={cn("group", className)}
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-sm font-medium text-sm hover:text-foreground [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 text-subtle transition-transform group-open:rotate-90" />
        {summary}
      </summary>
      <div className="pt-3">{children}</div>
    </details>
  );
}
