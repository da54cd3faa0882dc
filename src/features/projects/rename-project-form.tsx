"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { renameProjectInput } from "@/contracts/project";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Project } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useServerErrors } from "@/features/api/use-server-errors";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { Button } from "@/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/ui/card";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { toast } from "@/ui/toast";
import { useTextForm } from "@/ui/use-text-form";

const schema = renameProjectInput.pick({ name: true });
const toField = (path: string) => (path === "name" ? "name" : null);

export function RenameProjectForm({ project }: { project: Project }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { register, handleSubmit, setError, reset, formState } = useTextForm({
    resolver: zodResolver(schema),
    values: { name: project.name },
    resetOptions: { keepDirtyValues: true },
  });
  const errors = useServerErrors(setError, toField);
  const rename = useSingleMutation(
    trpc.project.rename.mutationOptions({
      onError: errors.report,
      onSuccess: async (_, { name }) => {
        reset({ name }, { keepDirtyValues: false });
        toast.success("Project renamed");
        await queryClient.invalidateQueries(trpc.project.pathFilter());
      },
    }),
  );
  const submit = handleSubmit(({ name }) => {
    errors.clear();
    rename.mutate({ projectId: project.id, name });
  });

  return (
    <Card aria-labelledby="project-name">
      <form onSubmit={submit} noValidate>
        <CardHeader
          id="project-name"
          title="Name"
          description="Addresses of services that are already there stay as they are."
        />
        <CardBody className="flex flex-col gap-4">
          {errors.rest !== null && <ErrorNotice error={errors.rest} />}
          <Field label="Project name" required error={formState.errors.name?.message} className="max-w-md">
            {(control) => <Input {...control} {...register("name")} autoComplete="off" maxLength={60} />}
          </Field>
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" disabled={!formState.isDirty} pending={rename.isPending}>
            Save
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
