import Link from "next/link";
import { Fragment } from "react";

export type Crumb = { label: string; href?: string };

/** The way from the top to here; the last one is the page itself. */
export function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 flex-wrap items-center gap-1.5 text-muted text-sm">
        {crumbs.map((crumb, index) => (
          <Fragment key={crumb.href ?? crumb.label}>
            {index > 0 && (
              <li aria-hidden className="text-subtle">
                /
              </li>
            )}
            <li className="min-w-0 truncate max-sm:max-w-40">
              {crumb.href ? (
                <Link href={crumb.href} className="rounded-sm hover:text-foreground hover:underline">
                  {crumb.label}
                </Link>
              ) : (
                <span aria-current="page" className="text-foreground">
                  {crumb.label}
                </span>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
