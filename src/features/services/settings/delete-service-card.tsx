"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Service } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { Button } from "@/ui/button";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { toast } from "@/ui/toast";

export function DeleteServiceCard({ service }: { service: Service }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const remove = useSingleMutation(
    trpc.service.delete.mutationOptions({
      onSuccess: async () => {
        toast.success(`${service.name} is being deleted`);
        await queryClient.invalidateQueries(trpc.service.list.pathFilter());
        router.push(`/projects/${service.projectId}`);
      },
    }),
    { leaves: true },
  );
  return (
    <Card aria-labelledby="delete-service">
      <CardHeader id="delete-service" title="Delete this service" />
      <CardBody className="flex flex-wrap items-center justify-between gap-4">
        <p className="max-w-xl text-muted">
          Removes its containers, images, logs, variables and address. This cannot be undone.
        </p>
        <Button variant="danger-quiet" disabled={service.desiredState === "deleted"} onClick={() => setOpen(true)}>
          Delete service
        </Button>
      </CardBody>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete ${service.name}?`}
        description={`${service.url} goes offline at once. Logs and kept images are lost.`}
        typedConfirmation={service.name}
        confirmLabel="Delete service"
        pending={remove.isBusy}
        error={remove.error && <ErrorNotice error={remove.error} />}
        onConfirm={(confirmation) => remove.mutate({ serviceId: service.id, confirmation })}
      />
    </Card>
  );
}
