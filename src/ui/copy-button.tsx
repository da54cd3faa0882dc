"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { Tooltip } from "./tooltip";

type CopyButtonProps = {
  /** A function where the text is large: it is made when wanted. */
  text: string | (() => string);
  label: string;
  size?: "icon" | "icon-sm";
  className?: string;
};

export function CopyButton({ text, label, size = "icon-sm", className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);

  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === "function" ? text() : text);
      setOutcome("copied");
    } catch {
      // The clipboard needs https or localhost and the person's leave.
      setOutcome("failed");
    }
  };

  return (
    <>
      <Tooltip content={label}>
        <Button variant="ghost" size={size} aria-label={label} onClick={copy} className={className ?? ""}>
          {outcome === "copied" ? <Check className="text-good-mark" /> : <Copy />}
        </Button>
      </Tooltip>
      <span role="status" className="sr-only">
        {outcome === "copied" && "Copied"}
        {outcome === "failed" && "The browser did not allow copying."}
      </span>
    </>
  );
}
