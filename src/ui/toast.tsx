"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner, toast } from "sonner";

export { toast };

/** Short confirmations of what a person just did. Errors that need action stand in the page, not here. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-start gap-2.5 rounded-lg border border-border-strong bg-raised px-4 py-3 font-sans text-sm text-foreground shadow-raised",
          icon: "mt-0.5 shrink-0 [&_svg]:size-4",
          content: "flex min-w-0 flex-col gap-0.5",
          title: "font-medium",
          description: "text-muted",
          error: "[&_[data-icon]]:text-bad-mark",
          success: "[&_[data-icon]]:text-good-mark",
        },
      }}
    />
  );
}
