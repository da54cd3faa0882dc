"use client";

import type { Organization } from "@/features/api/outputs";
import { useWatchProjects } from "@/features/projects/use-project";
import { useCan, useViewer } from "@/features/session/viewer-context";
import { Breadcrumb } from "@/ui/breadcrumb";
import { PageHeader } from "@/ui/page-header";
import { LeaveOrganizationCard } from "./leave-organization-card";
import { organizationPath } from "./organization-path";
import { RenameOrganizationForm } from "./rename-organization-form";

export function OrganizationSettings({ organizationId }: { organizationId: string }) {
  const organization = useViewer().organizations.find(({ id }) => id === organizationId);
  return organization ? <Settings organization={organization} /> : null;
}

function Settings({ organization }: { organization: Organization }) {
  const allowed = useCan(organization.id);
  useWatchProjects(organization.id);
  const crumbs = [
    { label: organization.name, href: organizationPath(organization.slug, "projects") },
    { label: "Settings" },
  ];
  return (
    <>
      <div className="flex flex-col gap-3">
        <Breadcrumb crumbs={crumbs} />
        <PageHeader title="Organization settings" />
      </div>
      {allowed("organization.update") && <RenameOrganizationForm organization={organization} />}
      <LeaveOrganizationCard organization={organization} />
    </>
  );
}
