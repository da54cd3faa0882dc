"use client";

import { Check, ChevronsUpDown, Plus, ScrollText, Settings, Users } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useCan, useViewer } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/ui/dropdown-menu";
import { CreateOrganizationDialog } from "./create-organization-dialog";
import { organizationPath } from "./organization-path";
import { useCurrentOrganization } from "./use-organization";

/** Says in which organization one is, and leads to its people, its settings and the others. */
export function OrganizationMenu() {
  const { organizations } = useViewer();
  const current = useCurrentOrganization();
  const allowed = useCan(current?.id);
  const [creating, setCreating] = useState(false);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" className="min-w-0 max-w-56 gap-1.5 px-2">
            <span className="sr-only">Organization menu: </span>
            <span className="truncate">{current?.name ?? "Organizations"}</span>
            <ChevronsUpDown aria-hidden className="text-subtle" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="w-64">
          {organizations.length > 0 && <DropdownMenuLabel>Organizations</DropdownMenuLabel>}
          {organizations.map(({ id, slug, name }) => (
            <DropdownMenuItem key={id} asChild>
              <Link
                href={organizationPath(slug, "projects")}
                {...(id === current?.id && { "aria-current": "true" as const })}
              >
                <span className="min-w-0 flex-1 truncate">{name}</span>
                {id === current?.id && <Check aria-hidden />}
              </Link>
            </DropdownMenuItem>
          ))}
          {organizations.length > 0 && <DropdownMenuSeparator />}
          {current && (
            <>
              <DropdownMenuItem asChild>
                <Link href={organizationPath(current.slug, "members")}>
                  <Users aria-hidden />
                  Members
                </Link>
              </DropdownMenuItem>
              {allowed("audit.read") && (
                <DropdownMenuItem asChild>
                  <Link href={organizationPath(current.slug, "audit")}>
                    <ScrollText aria-hidden />
                    Audit trail
                  </Link>
                </DropdownMenuItem>
              )}
              <DropdownMenuItem asChild>
                <Link href={organizationPath(current.slug, "settings")}>
                  <Settings aria-hidden />
                  Organization settings
                </Link>
              </DropdownMenuItem>
              <DropdownMenuSeparator />
            </>
          )}
          <DropdownMenuItem onSelect={() => setCreating(true)}>
            <Plus aria-hidden />
            New organization
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <CreateOrganizationDialog open={creating} onOpenChange={setCreating} />
    </>
  );
}
