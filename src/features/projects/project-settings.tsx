"use client";

import { useCan } from "@/features/session/viewer-context";
import { Notice } from "@/ui/notice";
import { DeleteProjectCard } from "./delete-project-card";
import { RenameProjectForm } from "./rename-project-form";
import { useProject } from "./use-project";

export function ProjectSettings({ projectId }: { projectId: string }) {
  const project = useProject(projectId);
  const allowed = useCan(project.data?.organizationId);
  // The frame around this shows what is wrong or under way.
  if (!project.data) return null;
  if (!allowed("project.update")) {
    return (
      <Notice tone="quiet" title="Your role does not allow changing this project">
        Ask a developer, an admin or the owner of the organization.
      </Notice>
    );
  }
  return (
    <>
      <RenameProjectForm project={project.data} />
      {allowed("project.delete") && <DeleteProjectCard project={project.data} />}
    </>
  );
}
