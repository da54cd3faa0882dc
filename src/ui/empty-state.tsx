import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

type EmptyStateProps = {
  icon: LucideIcon;
  title: string;
  /** What this place is for and what to do first. */
  children: ReactNode;
  action?: ReactNode;
  /** Where it is the whole page, its title is the page's. */
  isPage?: boolean;
  className?: string;
};

export function EmptyState({ icon: Icon, title, children, action, isPage = false, className }: EmptyStateProps) {
  const Heading = isPage ? "h1" : "h2";
  return (
    <div
      className={cn(
        "flex flex-col items-center gap-4 rounded-lg border border-dashed border-border-strong px-6 py-14 text-center",
        className,
      )}
    >
      <span className="flex size-10 items-center justify-center rounded-lg border bg-surface text-muted shadow-card">
        <Icon aria-hidden className="size-5" />
      </span>
      <div className="flex max-w-md flex-col gap-1">
        <Heading className="font-semibold text-base">{title}</Heading>
        <div className="text-balance text-muted text-sm">{children}</div>
      </div>
      {action}
    </div>
  );
}
