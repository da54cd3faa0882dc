import type { Metadata } from "next";
import { organizationOf, type Props } from "@/app/(app)/organizations/[organizationSlug]/organization-of";
import { OrganizationSettings } from "@/features/organizations/organization-settings";

export const metadata: Metadata = { title: "Organization settings" };

export default async function Page(props: Props) {
  const organization = await organizationOf(props);
  return organization && <OrganizationSettings organizationId={organization.id} />;
}
