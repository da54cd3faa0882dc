import { ProjectSettings } from "@/features/projects/project-settings";

export default async function Page({ params }: { params: Promise<{ projectId: string }> }) {
  return <ProjectSettings projectId={(await params).projectId} />;
}
