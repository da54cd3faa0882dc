import { redirect } from "next/navigation";
import { load } from "@/app/prefetch";
import { organizationPath } from "@/features/organizations/organization-path";

/** Leads to the projects of the person's first organization. Outside of the frame of pages, so that it is a true redirect. */
export default async function Page() {
  const viewer = await load(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.viewer.get.queryOptions()));
  const organization = viewer?.organizations[0];
  redirect(organization ? organizationPath(organization.slug, "projects") : "/organizations");
}
