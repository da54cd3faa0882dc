"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { cn } from "./cn";

export type TabLink = { href: string; label: string; count?: number };

/** Tabs that are pages with addresses of their own: so links in a navigation, not the tab role. */
export function TabLinks({ label, tabs }: { label: string; tabs: TabLink[] }) {
  const pathname = usePathname();
  const current = currentTab(pathname, tabs);
  const bar = useRef<HTMLElement>(null);

  // On a phone the current tab may stand out of sight; the page itself must not scroll for it.
  useEffect(() => {
    const tab = current && bar.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (tab && bar.current) bar.current.scrollLeft = tab.offsetLeft - (bar.current.clientWidth - tab.clientWidth) / 2;
  }, [current]);

  return (
    <nav
      ref={bar}
      aria-label={label}
      className="-mb-px relative flex gap-0.5 overflow-x-auto sm:gap-1 [scrollbar-width:none]"
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.href === current ? "page" : undefined}
          className={cn(
            "flex h-10 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-1.5 text-muted text-sm transition-colors hover:text-foreground focus-visible:outline-offset-[-2px] sm:px-2.5",
            tab.href === current && "border-foreground font-medium text-foreground",
          )}
        >
          {tab.label}
          {tab.count !== undefined && <span className="tabular text-subtle text-xs">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}

/** The longest address that the path begins with, so that a page below a tab marks that tab. */
function currentTab(pathname: string, tabs: TabLink[]): string | undefined {
  return tabs
    .map((tab) => tab.href)
    .filter((href) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((left, right) => right.length - left.length)[0];
}
