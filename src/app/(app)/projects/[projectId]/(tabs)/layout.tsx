import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Hydrated, load } from "@/app/prefetch";
import { ProjectFrame } from "@/features/projects/project-frame";

type Props = { params: Promise<{ projectId: string }>; children: ReactNode };

const loadProject = (projectId: string) =>
  load(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.project.get.queryOptions({ projectId })));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const project = await loadProject((await params).projectId);
  return { title: project?.name ?? "Project" };
}

export default async function Layout({ params, children }: Props) {
  const { projectId } = await params;
  await loadProject(projectId);
  return (
    <Hydrated>
      <ProjectFrame projectId={projectId}>{children}</ProjectFrame>
    </Hydrated>
  );
}
