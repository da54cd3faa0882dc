"use client";

import { CircleUser, HardDrive, LogOut, Settings } from "lucide-react";
import Link from "next/link";
import { signOutAndLeave } from "@/features/session/sign-out";
import { useMaySeeStorage, useViewer } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/ui/dropdown-menu";
import { ThemeItems } from "@/ui/theme-items";

export function AccountMenu() {
  const { user } = useViewer();
  const maySeeStorage = useMaySeeStorage();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Account menu">
          <CircleUser className="size-5" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-60">
        <DropdownMenuLabel>
          <span className="block truncate font-medium text-foreground text-sm">{user.name}</span>
          <span className="block truncate">{user.email}</span>
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/settings/account">
            <Settings aria-hidden />
            Account settings
          </Link>
        </DropdownMenuItem>
        {maySeeStorage && (
          <DropdownMenuItem asChild>
            <Link href="/settings/storage">
              <HardDrive aria-hidden />
              Storage
            </Link>
          </DropdownMenuItem>
        )}
        <DropdownMenuSeparator />
        <ThemeItems />
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => signOutAndLeave()}>
          <LogOut aria-hidden />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
