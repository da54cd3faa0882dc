import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Shared by input, textarea and select. 16 px on phones, where a smaller size makes the browser zoom in. */
export const controlClasses =
  "w-full min-w-0 rounded-md border border-control bg-surface px-2.5 text-base text-foreground shadow-card transition-colors placeholder:text-subtle hover:border-muted focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0 focus-visible:outline-focus disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-bad-mark aria-invalid:outline-bad-mark max-sm:text-[1rem]";

type InputProps = ComponentProps<"input"> & {
  /** Code, paths, names of machines. */
  mono?: boolean;
};

export function Input({ className, mono = false, ...props }: InputProps) {
  return (
    <input
      className={cn(
        controlClasses,
        "h-8 max-sm:h-10",
        mono && "font-mono text-sm placeholder:font-sans max-sm:text-[1rem]",
        className,
      )}
      {...props}
    />
  );
}
