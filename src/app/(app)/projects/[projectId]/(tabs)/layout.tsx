import type { Metadata } from "next";
import type { ReactNode } from "react";
import { type Api, Hydrated, load, peek } from "@/app/prefetch";
import { ProjectFrame } from "@/features/projects/project-frame";

type Props = { params: Promise<{ projectId: string }>; children: ReactNode };

const projectOf =
  (projectId: string) =>
  ({ trpc, queryClient }: Api) =>
    queryClient.fetchQuery(trpc.project.get.queryOptions({ projectId }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const project = await peek(projectOf((await params).projectId));
  return { title: project?.name ?? "Not found" };
}

export default async function Layout({ params, children }: Props) {
  const { projectId } = await params;
  await load(projectOf(projectId));
  return (
    <Hydrated>
      <ProjectFrame projectId={projectId}>{children}</ProjectFrame>
    </Hydrated>
  );
}
