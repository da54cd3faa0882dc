"use client";

import { Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { type AuditArea, auditAreas } from "@/domain/audit-actions";
import type { Organization } from "@/features/api/outputs";
import { organizationPath } from "@/features/organizations/organization-path";
import { useWatchProjects } from "@/features/projects/use-project";
import { useViewer } from "@/features/session/viewer-context";
import { Breadcrumb } from "@/ui/breadcrumb";
import { Button } from "@/ui/button";
import { PageHeader } from "@/ui/page-header";
import { Select } from "@/ui/select";
import { AuditList } from "./audit-list";

export function AuditPage({ organizationId, area }: { organizationId: string; area: AuditArea | null }) {
  const organization = useViewer().organizations.find(({ id }) => id === organizationId);
  return organization ? <Audit organization={organization} area={area} /> : null;
}

function Audit({ organization, area }: { organization: Organization; area: AuditArea | null }) {
  const router = useRouter();
  useWatchProjects(organization.id);
  const path = organizationPath(organization.slug, "audit");
  const crumbs = [
    { label: organization.name, href: organizationPath(organization.slug, "projects") },
    { label: "Audit trail" },
  ];
  const download = (format: "csv" | "json") => ({
    href: `/api/audit/${organization.id}/${format}${area ? `?area=${area}` : ""}`,
    download: `${organization.slug}-audit.${format}`,
  });
  return (
    <>
      <div className="flex flex-col gap-3">
        <Breadcrumb crumbs={crumbs} />
        <PageHeader
          title="Audit trail"
          meta="Who did what, and where from. Secrets never stand here."
          actions={
            <>
              <Select
                aria-label="Show"
                className="w-44"
                value={area ?? ""}
                onChange={({ target }) => router.replace(target.value ? `${path}?area=${target.value}` : path)}
              >
                <option value="">Everything</option>
                {auditAreas.map((one) => (
                  <option key={one} value={one}>
                    {areaLabels[one]}
                  </option>
                ))}
              </Select>
              <Button asChild>
                <a {...download("csv")}>
                  <Download />
                  CSV
                </a>
              </Button>
              <Button asChild>
                <a {...download("json")}>
                  <Download />
                  JSON
                </a>
              </Button>
            </>
          }
        />
      </div>
      <AuditList organizationId={organization.id} area={area} />
    </>
  );
}

const areaLabels: Record<AuditArea, string> = {
  organization: "Organization",
  member: "Members",
  invitation: "Invitations",
  project: "Projects",
  service: "Services",
  variable: "Variables",
  deployment: "Deployments",
  storage: "Storage",
};
