"use client";

import { Building2, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { roleTable } from "@/features/members/role-table";
import { useWatchPlatform } from "@/features/platform/use-platform";
import { useViewer } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { PageHeader } from "@/ui/page-header";
import { CreateOrganizationDialog } from "./create-organization-dialog";
import { organizationPath } from "./organization-path";

/** Where the person belongs. */
export function OrganizationList() {
  useWatchPlatform();
  const { organizations } = useViewer();
  const [creating, setCreating] = useState(false);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus />
      New organization
    </Button>
  );
  return (
    <>
      <PageHeader title="Organizations" actions={organizations.length > 0 && create} />
      {organizations.length === 0 ? (
        <EmptyState icon={Building2} title="You belong to no organization" action={create}>
          Open the link of an invitation to join one, or make your own.
        </EmptyState>
      ) : (
        <Card aria-label="Organizations">
          <ul className="divide-y">
            {organizations.map(({ id, slug, name, role }) => (
              <li key={id} className="flex items-center justify-between gap-4 px-4 py-3">
                <Link href={organizationPath(slug, "projects")} className="truncate font-medium text-base">
                  {name}
                </Link>
                <span className="text-muted">{roleTable[role].label}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <CreateOrganizationDialog open={creating} onOpenChange={setCreating} />
    </>
  );
}
