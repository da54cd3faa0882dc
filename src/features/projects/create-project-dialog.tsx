"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { createProjectInput } from "@/contracts/project";
import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { useServerErrors } from "@/features/api/use-server-errors";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { Button } from "@/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { useTextForm } from "@/ui/use-text-form";

const schema = createProjectInput.pick({ name: true });
const toField = (path: string) => (path === "name" ? "name" : null);

export function CreateProjectDialog({ organizationId }: { organizationId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus />
          New project
        </Button>
      </DialogTrigger>
      <DialogContent title="New project" description="A project holds the services that belong together.">
        <CreateProjectForm organizationId={organizationId} />
      </DialogContent>
    </Dialog>
  );
}

function CreateProjectForm({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { register, handleSubmit, setError, formState } = useTextForm({
    resolver: zodResolver(schema),
    defaultValues: { name: "" },
  });
  const errors = useServerErrors(setError, toField);
  const create = useSingleMutation(
    trpc.project.create.mutationOptions({
      onError: errors.report,
      onSuccess: async (project) => {
        await queryClient.invalidateQueries(trpc.project.list.pathFilter());
        router.push(`/projects/${project.id}`);
      },
    }),
    { leaves: true },
  );
  const submit = handleSubmit(({ name }) => {
    errors.clear();
    create.mutate({ organizationId, name });
  });

  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
      <DialogBody>
        {errors.rest !== null && <ErrorNotice error={errors.rest} />}
        <Field label="Name" required error={formState.errors.name?.message}>
          {(control) => <Input {...control} {...register("name")} autoFocus autoComplete="off" maxLength={60} />}
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={create.isBusy}>
          Create project
        </Button>
      </DialogFooter>
    </form>
  );
}
