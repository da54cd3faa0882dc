import type { Metadata } from "next";
import { Hydrated, load } from "@/app/prefetch";
import { ProjectList } from "@/features/projects/project-list";
import { projectListQuery } from "@/features/projects/project-list-query";

export const metadata: Metadata = { title: "Projects" };

export default async function Page() {
  await load(async ({ trpc, queryClient }) => {
    const viewer = await queryClient.fetchQuery(trpc.viewer.get.queryOptions());
    const organization = viewer.organizations[0];
    if (organization) await queryClient.fetchInfiniteQuery(projectListQuery(trpc, organization.id));
  });
  return (
    <Hydrated>
      <ProjectList />
    </Hydrated>
  );
}
