"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Project } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { useProjectsPath } from "@/features/organizations/use-organization";
import { Button } from "@/ui/button";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { toast } from "@/ui/toast";

export function DeleteProjectCard({ project }: { project: Project }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const projectsPath = useProjectsPath(project.organizationId);
  const [open, setOpen] = useState(false);
  const remove = useSingleMutation(
    trpc.project.delete.mutationOptions({
      onSuccess: async () => {
        toast.success(`${project.name} is being deleted`);
        await queryClient.invalidateQueries(trpc.project.list.pathFilter());
        router.push(projectsPath);
      },
    }),
    { leaves: true },
  );
  return (
    <Card aria-labelledby="delete-project">
      <CardHeader id="delete-project" title="Delete this project" />
      <CardBody className="flex flex-wrap items-center justify-between gap-4">
        <p className="max-w-xl text-muted">
          Removes every service of the project with its containers, images, logs, variables and addresses. This cannot
          be undone.
        </p>
        <Button variant="danger-quiet" disabled={project.deleting} onClick={() => setOpen(true)}>
          Delete project
        </Button>
      </CardBody>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete ${project.name}?`}
        description="Every service of this project goes offline at once. Its logs and its kept images are lost."
        typedConfirmation={project.name}
        confirmLabel="Delete project"
        pending={remove.isBusy}
        error={remove.error && <ErrorNotice error={remove.error} />}
        onConfirm={(confirmation) => remove.mutate({ projectId: project.id, confirmation })}
      />
    </Card>
  );
}
