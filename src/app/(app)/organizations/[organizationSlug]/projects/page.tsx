import type { Metadata } from "next";
import { organizationOf, type Props } from "@/app/(app)/organizations/[organizationSlug]/organization-of";
import { Hydrated, load } from "@/app/prefetch";
import { ProjectList } from "@/features/projects/project-list";
import { projectListQuery } from "@/features/projects/project-list-query";

export const metadata: Metadata = { title: "Projects" };

export default async function Page(props: Props) {
  const organization = await organizationOf(props);
  if (!organization) return null;
  await load(({ trpc, queryClient }) => queryClient.fetchInfiniteQuery(projectListQuery(trpc, organization.id)));
  return (
    <Hydrated>
      <ProjectList organizationId={organization.id} />
    </Hydrated>
  );
}
