import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section className={cn("rounded-lg border bg-surface shadow-card", className)} {...props} />;
}

type CardHeaderProps = {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  /** Give it to the card as aria-labelledby, so that the section has a name. */
  id?: string;
  className?: string;
};

export function CardHeader({ title, description, actions, id, className }: CardHeaderProps) {
  return (
    <header className={cn("flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-3", className)}>
      <div className="min-w-0">
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        {description && <p className="text-muted text-sm">{description}</p>}
      </div>
      {actions && <div className="flex items-center gap-2">{actions}</div>}
    </header>
  );
}

export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("p-4", className)} {...props} />;
}

export function CardFooter({ className, ...props }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn(
        "flex flex-wrap items-center justify-end gap-2 rounded-b-lg border-t bg-sunken/60 px-4 py-3",
        className,
      )}
      {...props}
    />
  );
}
