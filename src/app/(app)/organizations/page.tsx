import type { Metadata } from "next";
import { OrganizationList } from "@/features/organizations/organization-list";

export const metadata: Metadata = { title: "Organizations" };

export default function Page() {
  return <OrganizationList />;
}
