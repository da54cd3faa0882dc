import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, toneClasses } from "./tone";

const icons: Record<Tone, LucideIcon> = {
  good: CircleCheck,
  bad: CircleAlert,
  active: Info,
  waiting: TriangleAlert,
  quiet: Info,
};

type NoticeProps = {
  tone: Tone;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** "alert" interrupts a screen reader, "status" waits; leave out for what stood there from the beginning. */
  role?: "alert" | "status";
  className?: string;
};

/** A message that stands in the page: what is the case, and what to do. */
export function Notice({ tone, title, children, actions, role, className }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div
      {...(role && { role })}
      className={cn(
        "flex flex-wrap items-start justify-between gap-x-6 gap-y-3 rounded-lg border px-4 py-3 text-sm",
        toneClasses[tone].panel,
        className,
      )}
    >
      <div className="flex min-w-0 flex-1 basis-64 gap-2.5">
        <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", toneClasses[tone].mark)} />
        <div className="min-w-0 flex-1">
          <p className="break-words font-medium">{title}</p>
          {children && <div className="mt-0.5 break-words text-muted">{children}</div>}
        </div>
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
