import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  /** One line below: state, address, what this page is. */
  meta?: ReactNode;
  actions?: ReactNode;
};

export function PageHeader({ title, meta, actions }: PageHeaderProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
        <h1 className="break-words font-semibold text-2xl tracking-tight">{title}</h1>
        {meta && <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-sm">{meta}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
