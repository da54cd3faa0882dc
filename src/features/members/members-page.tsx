"use client";

import type { Organization } from "@/features/api/outputs";
import { organizationPath } from "@/features/organizations/organization-path";
import { useWatchProjects } from "@/features/projects/use-project";
import { useCan, useViewer } from "@/features/session/viewer-context";
import { Breadcrumb } from "@/ui/breadcrumb";
import { PageHeader } from "@/ui/page-header";
import { InvitationList } from "./invitation-list";
import { InviteDialog } from "./invite-dialog";
import { MemberList } from "./member-list";

export function MembersPage({ organizationId }: { organizationId: string }) {
  const organization = useViewer().organizations.find(({ id }) => id === organizationId);
  return organization ? <Members organization={organization} /> : null;
}

function Members({ organization }: { organization: Organization }) {
  const allowed = useCan(organization.id);
  useWatchProjects(organization.id);
  const crumbs = [
    { label: organization.name, href: organizationPath(organization.slug, "projects") },
    { label: "Members" },
  ];
  return (
    <>
      <div className="flex flex-col gap-3">
        <Breadcrumb crumbs={crumbs} />
        <PageHeader
          title="Members"
          actions={allowed("invitation.create") && <InviteDialog organization={organization} />}
        />
      </div>
      <MemberList organization={organization} />
      {allowed("invitation.read") && <InvitationList organizationId={organization.id} />}
    </>
  );
}
