import type { Metadata } from "next";
import { Hydrated, load } from "@/app/prefetch";
import { NewService } from "@/features/services/new/new-service";

export const metadata: Metadata = { title: "Add a service" };

export default async function Page({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  await load(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.project.get.queryOptions({ projectId })));
  return (
    <Hydrated>
      <NewService projectId={projectId} />
    </Hydrated>
  );
}
