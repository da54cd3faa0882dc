import type { ComponentProps } from "react";
import { cn } from "./cn";
import { type Tone, toneClasses } from "./tone";

export function Badge({ className, tone = "quiet", ...props }: ComponentProps<"span"> & { tone?: Tone }) {
  return (
    <span
      className={cn(
        "inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs",
        toneClasses[tone].chip,
        className,
      )}
      {...props}
    />
  );
}
