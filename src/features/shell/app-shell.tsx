import Link from "next/link";
import type { ReactNode } from "react";
import { OrganizationMenu } from "@/features/organizations/organization-menu";
import { PlatformNotices } from "@/features/platform/platform-notices";
import { BrandMark } from "@/ui/brand-mark";
import { HydrationGate } from "@/ui/hydration-gate";
import { SkipLink } from "@/ui/skip-link";
import { AccountMenu } from "./account-menu";
import { CommandMenuButton } from "./command-menu-button";
import { ConnectionIndicator } from "./connection-indicator";

/** What stands around every page of a signed-in person. */
export function AppShell({ children }: { children: ReactNode }) {
  return (
    <HydrationGate>
      <div className="flex min-h-dvh flex-col">
        <SkipLink target="content">Skip to the content</SkipLink>
        <header className="sticky top-0 z-30 border-b bg-surface">
          <div className="mx-auto flex h-12 w-full max-w-6xl items-center gap-3 px-4 sm:px-6">
            <Link
              href="/projects"
              className="flex items-center gap-2.5 rounded-md font-semibold text-base tracking-tight"
            >
              <BrandMark className="size-6" />
              <span className="max-sm:sr-only">Helvetia Cloud</span>
            </Link>
            <OrganizationMenu />
            <div className="ml-auto flex items-center gap-1.5">
              <ConnectionIndicator />
              <CommandMenuButton />
              <AccountMenu />
            </div>
          </div>
        </header>
        <PlatformNotices />
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto flex w-full max-w-6xl flex-1 flex-col gap-6 px-4 py-6 outline-none sm:px-6"
        >
          {children}
        </main>
      </div>
    </HydrationGate>
  );
}
