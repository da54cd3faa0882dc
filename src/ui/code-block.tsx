import { cn } from "./cn";
import { CopyButton } from "./copy-button";

type CodeBlockProps = { code: string; label: string; className?: string };

/** Text for machines, to read and to copy. */
export function CodeBlock({ code, label, className }: CodeBlockProps) {
  return (
    <figure aria-label={label} className={cn("relative rounded-md border bg-sunken", className)}>
      <CopyButton text={code} label={`Copy: ${label}`} className="absolute top-1.5 right-1.5 bg-sunken" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0} className="max-h-96 overflow-auto p-3 pr-12 font-mono text-foreground text-xs leading-5">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
