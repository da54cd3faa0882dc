import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlClasses } from "./input";

export function Textarea({ className, mono = false, ...props }: ComponentProps<"textarea"> & { mono?: boolean }) {
  return (
    <textarea
      className={cn(
        controlClasses,
        "min-h-20 py-[5px]",
        mono && "font-mono text-sm placeholder:font-sans max-sm:text-[1rem]",
        className,
      )}
      {...props}
    />
  );
}
